import type { CallFact } from '../../domain/call/call-facts.js';
import type { CallSettings } from '../../settings/setting-rows.js';

type IdlePeriod = Pick<CallSettings, 'idleTimeoutPeriod' | 'idleWarningPeriod'>;

export interface IdleTimeout {
  /** Tells whether somebody else is in the call. Coming to be alone starts the clock. */
  setAlone(alone: boolean): void;
  /** The user wants to stay: the clock starts anew. */
  stay(): void;
  /** Another period; a running clock starts anew with it. */
  setPeriod(period: IdlePeriod): void;
}

/** ms (25 days) that no timer can count: an idle period as long is none. */
const maxTimerMs = 2 ** 31;

/** ms between two looks at the clock while the warning shows. */
const step = 1000;

/** ms between two looks from which on the machine, or the page, was asleep: timers of hidden pages come once a minute. */
const asleep = { visible: 5000, hidden: 65_000 };

/** Ends a call in which somebody was alone for the idle period, after a warning that shows for its whole time. */
export function createIdleTimeout(options: {
  readonly period: IdlePeriod;
  readonly dispatch: (fact: CallFact) => void;
  readonly onTimeout: () => void;
  readonly signal: AbortSignal;
}): IdleTimeout {
  let { period } = options;
  let isAlone = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const stop = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  const start = (): void => {
    stop();
    if (period.idleTimeoutPeriod * 1000 >= maxTimerMs) return;
    const shown = Math.min(period.idleTimeoutPeriod, period.idleWarningPeriod) * 1000;
    timer = setTimeout(() => warn(shown), period.idleTimeoutPeriod * 1000 - shown);
  };
  const warn = (shown: number): void => {
    let lookedAt = performance.now();
    // From now on, not from when it was due: a machine that slept wakes up to a whole warning.
    const endsAt = lookedAt + shown;
    options.dispatch({ type: 'idle-warned', endsAt });
    const poll = (): void => {
      const now = performance.now();
      const gap = now - lookedAt;
      lookedAt = now;
      if (gap > (isHidden() ? asleep.hidden : asleep.visible)) return warn(shown);
      if (now >= endsAt) return options.onTimeout();
      timer = setTimeout(poll, Math.min(step, endsAt - now));
    };
    timer = setTimeout(poll, Math.min(step, shown));
  };
  const restart = (): void => {
    options.dispatch({ type: 'idle-cleared' });
    if (isAlone && !options.signal.aborted) start();
    else stop();
  };

  options.signal.addEventListener('abort', stop, { once: true });
  return {
    setAlone(alone) {
      if (alone === isAlone) return;
      isAlone = alone;
      restart();
    },
    stay: restart,
    setPeriod(next) {
      const { idleTimeoutPeriod, idleWarningPeriod } = period;
      period = next;
      if (next.idleTimeoutPeriod === idleTimeoutPeriod && next.idleWarningPeriod === idleWarningPeriod)
        return;
      restart();
    },
  };
}

function isHidden(): boolean {
  return (globalThis as { readonly document?: Document }).document?.hidden === true;
}
