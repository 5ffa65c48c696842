import type { ServerConfig } from '../config/server-config.js';
import type { Clock } from '../limits/deadline-queue.js';
import { errorFields, type ServerLog } from '../monitoring/server-log.js';
import type { HistoryStore } from './history-store.js';

/** A call that may be going on. */
export interface LiveCall {
  readonly callId: string;
  readonly sessionId: string;
}

export interface HousekeepingOptions {
  readonly config: Pick<ServerConfig, 'historyDays' | 'graceMs'>;
  readonly clock: Clock;
  readonly log: ServerLog;
  readonly store: Pick<HistoryStore, 'openCalls' | 'closeCall' | 'deleteCallsBefore'>;
  readonly isLive: (call: LiveCall) => Promise<boolean>;
  readonly signal: AbortSignal;
}

/** Pause (ms) between two runs. */
const intervalMs = 600_000;

/** How long (ms) after the start, and without news of a call, it counts as abandoned: clients rejoin within that. */
const rejoinPeriodMs = 60_000;

const dayMs = 86_400_000;

/** Calls per statement. */
const chunk = 500;

/**
 * Runs on a timer: ends calls whose server was killed and that no participant has rejoined, and deletes calls that are
 * older than the retention time. Several nodes may run it at once.
 */
export class Housekeeping {
  constructor(private readonly options: HousekeepingOptions) {}

  /** Runs until the signal is aborted. */
  start(): void {
    const { config, clock, signal } = this.options;
    let cancel = clock.after(config.graceMs + rejoinPeriodMs, () => void next());
    signal.addEventListener('abort', () => cancel(), { once: true });
    const next = async (): Promise<void> => {
      await this.run();
      if (!signal.aborted) cancel = clock.after(intervalMs, () => void next());
    };
  }

  /** One run. Never rejects: what fails is tried again in the next one. */
  async run(): Promise<void> {
    try {
      await this.#closeAbandoned();
      await this.#deleteOld();
    } catch (error) {
      this.options.log('warn', 'history housekeeping failed', errorFields(error));
    }
  }

  async #closeAbandoned(): Promise<void> {
    const { config, clock, isLive, signal, store } = this.options;
    const before = clock.now() - config.graceMs - rejoinPeriodMs;
    const open = await store.openCalls(before, chunk);
    for (const { call_id: callId, session_id: sessionId } of open) {
      if (signal.aborted) return;
      if (!(await isLive({ callId, sessionId }))) await store.closeCall(callId, clock.now());
    }
  }

  async #deleteOld(): Promise<void> {
    const { config, clock, signal, store } = this.options;
    if (config.historyDays === 0) return;
    const before = clock.now() - config.historyDays * dayMs;
    let deleted: number;
    do deleted = await store.deleteCallsBefore(before, chunk);
    while (deleted === chunk && !signal.aborted);
  }
}
