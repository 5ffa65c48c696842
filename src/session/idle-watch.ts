import type { CallFact } from '../domain/call-facts.js';
import type { CallSettings } from '../settings/setting-rows.js';

type IdlePeriod = Pick<CallSettings, 'idleTimeoutPeriod' | 'idleWarningPeriod'>;

export interface IdleWatch {
  /** Tells whether somebody else is in the call. Coming to be alone starts the clock. */
  alone(is: boolean): void;
  /** The user wants to stay: the clock starts anew. */
  stay(): void;
  /** Another period; a running clock starts anew with it. */
  setPeriod(period: IdlePeriod): void;
}

/** ms (25 days) that no timer can count: an idle period as long is none. */
const beyondTimers = 2 ** 31;

/** Ends a call in which somebody was alone for the idle period, after a warning. */
export function createIdleWatch(options: {
  readonly period: IdlePeriod;
  readonly dispatch: (fact: CallFact) => void;
  readonly onTimeout: () => void;
  readonly signal: AbortSignal;
}): IdleWatch {
  let { period } = options;
  let isAlone = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const stop = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  const start = (): void => {
    stop();
    if (period.idleTimeoutPeriod * 1000 >= beyondTimers) return;
    const endsAt = Date.now() + period.idleTimeoutPeriod * 1000;
    const untilWarning = Math.max(0, period.idleTimeoutPeriod - period.idleWarningPeriod) * 1000;
    timer = setTimeout(() => {
      options.dispatch({ type: 'idle-warned', endsAt });
      timer = setTimeout(options.onTimeout, endsAt - Date.now());
    }, untilWarning);
  };
  const restart = (): void => {
    options.dispatch({ type: 'idle-cleared' });
    if (isAlone && !options.signal.aborted) start();
    else stop();
  };

  options.signal.addEventListener('abort', stop, { once: true });
  return {
    alone(is) {
      if (is === isAlone) return;
      isAlone = is;
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
