/** The source of time; tests provide their own. */
export interface Clock {
  /** ms since 1970. */
  now(): number;
  /** Runs `run` once after `ms`. Returns a function that cancels it. */
  after(ms: number, run: () => void): () => void;
}

/** How much faster or slower than real time (0 to 1) a steady clock runs to catch up with the system's clock. */
const maxSlew = 0.05;

/**
 * Returns the time in ms since 1970, which never jumps: timeouts and deadlines last as long as they should when the
 * system's clock is set during a call. Afterwards the difference is made up slowly.
 */
export function createSteadyTime(
  wallTime: () => number = Date.now,
  elapsed: () => number = () => performance.now(),
): () => number {
  let time = wallTime();
  let readAt = elapsed();
  return () => {
    const passed = elapsed() - readAt;
    readAt += passed;
    const difference = wallTime() - (time + passed);
    time += passed + Math.max(-maxSlew * passed, Math.min(maxSlew * passed, difference));
    return Math.round(time);
  };
}

export const systemClock: Clock = {
  now: createSteadyTime(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    // The sockets keep the process running; deadlines must not.
    timer.unref();
    return () => clearTimeout(timer);
  },
};

interface Deadline<Value> {
  readonly value: Value;
  readonly at: number;
}

/**
 * Deadlines with one common delay, which therefore expire in insertion order: a single timer serves any number of
 * them.
 */
export class DeadlineQueue<Value> {
  readonly #deadlines: Deadline<Value>[] = [];
  #cancel: (() => void) | undefined;

  constructor(
    private readonly options: {
      readonly ms: number;
      readonly clock: Clock;
      readonly onDue: (value: Value) => void;
      readonly signal: AbortSignal;
    },
  ) {
    options.signal.addEventListener('abort', () => this.#clear(), { once: true });
  }

  /** Adds a value. Returns when it will be due (ms since 1970). */
  add(value: Value): number {
    const at = this.options.clock.now() + this.options.ms;
    if (this.options.signal.aborted) return at;
    this.#deadlines.push({ value, at });
    if (this.#deadlines.length === 1) this.#schedule(this.options.ms);
    return at;
  }

  #schedule(ms: number): void {
    this.#cancel = this.options.clock.after(ms, () => this.#fire());
  }

  #fire(): void {
    const now = this.options.clock.now();
    const firstLater = this.#deadlines.findIndex(({ at }) => at > now);
    const due = this.#deadlines.splice(0, firstLater === -1 ? this.#deadlines.length : firstLater);
    const [next] = this.#deadlines;
    if (next) this.#schedule(next.at - now);
    for (const { value } of due) this.options.onDue(value);
  }

  #clear(): void {
    this.#cancel?.();
    this.#deadlines.length = 0;
  }
}
