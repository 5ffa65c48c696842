import type { CallFact } from '../../domain/call/call-facts.js';
import type { CallSettings } from '../../settings/setting-rows.js';

type IdlePeriod = Pick<CallSettings, 'idleTimeoutPeriod' | 'idleWarningPeriod'>;

export interface IdleTimeout {
  /** Sets whether the local participant is alone in the call. Becoming alone starts the timer. */
  setAlone(alone: boolean): void;
  /** The user chose to stay: restarts the timer. */
  stay(): void;
  /** Changes the periods (s). A running timer restarts. */
  setPeriod(period: IdlePeriod): void;
}

/** The delay (ms, 25 days) that overflows browser timers. Periods from here on disable the timeout. */
const maxTimerMs = 2 ** 31;

/** ms between two checks of the clock while the warning is visible. */
const step = 1000;

/** Gaps between two checks (ms) that mean the machine or page was suspended. Timers of hidden pages fire once a minute. */
const asleep = { visible: 5000, hidden: 65_000 };

/** Calls `onTimeout` after the participant was alone for the idle period, the warning shown for its full period. */
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
    let polledAt = performance.now();
    // Counted from now, so that a machine waking from sleep shows the full warning.
    const endsAt = polledAt + shown;
    options.dispatch({ type: 'idle-warned', endsAt });
    const poll = (): void => {
      const now = performance.now();
      const gap = now - polledAt;
      polledAt = now;
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
