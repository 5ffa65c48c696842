/** The source of time; tests provide their own. */
export interface Clock {
  /** ms since 1970. */
  now(): number;
  /** Runs `run` once after `ms`. Returns a function that cancels it. */
  after(ms: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
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
