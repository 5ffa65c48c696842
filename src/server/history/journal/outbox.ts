import type { HistoryEntry } from '../../../domain/history/history-entry.js';
import type { Clock } from '../../limits/deadline-queue.js';
import { errorFields, type ServerLog } from '../../monitoring/server-log.js';
import { isDataError } from '../database/database.js';
import type { HistoryRecorder } from '../history-recorder.js';
import type { Journal } from './journal.js';

/** What happened to entries, for the metrics. */
export interface OutboxCounters {
  written(count: number): void;
  /** Entries that are lost: there was no room for them, or the database refuses them. */
  dropped(count: number): void;
  failed(): void;
}

export interface OutboxOptions {
  /** Writes entries, each a line of JSON; the same ones may come again. */
  readonly write: (lines: readonly string[]) => Promise<void>;
  /** Keeps entries until they are written. Without one they are kept in memory only. */
  readonly journal: Journal | undefined;
  /** Maximum number of entries in memory. Default: 10,000. */
  readonly capacity?: number;
  readonly clock: Clock;
  readonly log: ServerLog;
  readonly counters: OutboxCounters;
  /** Nothing is written until `start`. */
  readonly isPaused?: boolean;
}

/** Entries per transaction. */
const batchSize = 1000;

/** How long (ms) a batch that is not full waits for more: what several entries say of one row is written once. */
const lingerMs = 100;

/** The pause (ms) after a failed write, doubled with each further failure. */
const [firstPauseMs, longestPauseMs] = [200, 30_000];

/**
 * Writes entries to the database: in order, without delaying the callers, and with retries until they are stored.
 * What does not fit in memory waits in the journal; without a journal, the oldest entries are dropped.
 */
export class Outbox implements HistoryRecorder {
  readonly #options: OutboxOptions;
  readonly #capacity: number;
  /** As JSON: the journal, the thread that writes and the database take no other form. */
  #queue: string[] = [];
  #journal: Journal | undefined;
  /** The journal has entries that the queue has not. */
  #isSpilled: boolean;
  #isPaused: boolean;
  #isClosed = false;
  #running: Promise<void> | undefined;
  #failures = 0;
  #endPause: () => void = () => undefined;
  #endLinger: () => void = () => undefined;
  #recorded = 0;
  #settled = 0;
  /** Entries at the front of the queue that are being written. */
  #inFlight = 0;
  readonly #waiting = new Set<() => void>();

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#capacity = options.capacity ?? 10_000;
    this.#journal = options.journal;
    this.#isPaused = options.isPaused ?? false;
    this.#isSpilled = this.#journal !== undefined;
    if (this.#isSpilled) this.#wake();
  }

  /** Entries in memory that are not written yet. */
  get pending(): number {
    return this.#queue.length;
  }

  record(entries: readonly HistoryEntry[]): void {
    if (entries.length === 0 || this.#isClosed) return;
    const lines = entries.map((entry) => JSON.stringify(entry));
    this.#appendToJournal(lines);
    this.#recorded += lines.length;
    if (this.#journal && (this.#isSpilled || this.#queue.length + lines.length > this.#capacity))
      this.#isSpilled = true;
    else this.#queue.push(...lines);
    const excess = this.#queue.length - this.#capacity;
    if (excess > 0) {
      this.#queue.splice(this.#inFlight, excess);
      this.#settled += excess;
      this.#options.counters.dropped(excess);
    }
    if (this.#isFull()) this.#endLinger();
    this.#wake();
  }

  start(): void {
    this.#isPaused = false;
    this.#wake();
  }

  /** Resolves when what has been recorded so far is written (or lost), or after `timeoutMs`. */
  settled(timeoutMs: number): Promise<void> {
    const goal = this.#recorded;
    if (!this.#hasWork()) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        cancel();
        this.#waiting.delete(check);
        resolve();
      };
      const check = (): void => {
        if (!this.#hasWork() || (!this.#isSpilled && this.#settled >= goal)) end();
      };
      const cancel = this.#options.clock.after(timeoutMs, end);
      this.#waiting.add(check);
      this.#endLinger();
    });
  }

  /** Writes what it can within `timeoutMs`. With a journal, the rest is written after the next start. */
  async close(timeoutMs: number): Promise<void> {
    this.#endPause();
    if (!this.#isPaused) await this.settled(timeoutMs);
    this.#isClosed = true;
    this.#endPause();
    // A write that does not end is not waited for: its entries are still in the journal.
    if (!this.#hasWork()) await this.#running;
    this.#journal?.close();
    this.#journal = undefined;
  }

  /** Whether to wait for more makes no sense. */
  #isFull(): boolean {
    return this.#queue.length >= Math.min(batchSize, this.#capacity);
  }

  #hasWork(): boolean {
    return this.#queue.length > 0 || this.#isSpilled;
  }

  #appendToJournal(lines: readonly string[]): void {
    try {
      this.#journal?.append(lines);
    } catch (error) {
      // A full disk, say. The calls go on, and so does their history, as long as the memory holds it.
      this.#options.log('error', 'history journal failed: kept in memory only', errorFields(error));
      this.#journal = undefined;
      this.#isSpilled = false;
    }
  }

  #wake(): void {
    if (this.#isPaused || this.#isClosed) return;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      // Recorded while the run was about to end.
      if (this.#hasWork()) this.#wake();
    });
  }

  async #run(): Promise<void> {
    while (!this.#isClosed && this.#refill()) {
      if (!this.#isFull() && this.#waiting.size === 0) await this.#linger();
      const batch = this.#queue.slice(0, batchSize);
      this.#inFlight = batch.length;
      try {
        await this.#options.write(batch);
        this.#confirm(batch.length);
        this.#options.counters.written(batch.length);
        if (this.#failures > 0) this.#options.log('info', 'history database is available again');
        this.#failures = 0;
      } catch (error) {
        if (isDataError(error)) await this.#writeEach(batch, error);
        else await this.#pause(error);
      }
      this.#inFlight = 0;
    }
  }

  /** Returns whether there is something to write. */
  #refill(): boolean {
    if (this.#queue.length > 0) return true;
    if (!this.#isSpilled || !this.#journal) return false;
    this.#queue = [...this.#journal.oldest()];
    this.#isSpilled = this.#queue.length > 0;
    if (!this.#isSpilled) this.#notifyWaiting();
    return this.#isSpilled;
  }

  /** One of the entries is refused by the database: all others are written. */
  async #writeEach(batch: readonly string[], reason: unknown): Promise<void> {
    this.#options.log('error', 'history entry refused by the database', errorFields(reason));
    for (const line of batch) {
      if (this.#isClosed) return;
      try {
        await this.#options.write([line]);
        this.#options.counters.written(1);
        this.#confirm(1);
      } catch (error) {
        if (!isDataError(error)) return this.#pause(error);
        this.#confirm(1);
        this.#options.counters.dropped(1);
      }
    }
  }

  #confirm(count: number): void {
    this.#queue.splice(0, count);
    this.#inFlight -= count;
    this.#settled += count;
    this.#journal?.confirm(count);
    this.#notifyWaiting();
  }

  async #pause(error: unknown): Promise<void> {
    const { log, counters } = this.#options;
    if (this.#failures++ === 0)
      log('warn', 'history database is not available: calls go on, their history waits', errorFields(error));
    counters.failed();
    const ms = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(this.#failures - 1, 10));
    if (this.#isClosed) return;
    await this.#sleep(ms, (end) => (this.#endPause = end));
  }

  async #linger(): Promise<void> {
    await this.#sleep(lingerMs, (end) => (this.#endLinger = end));
  }

  /** Gives away the function that ends it before its time. */
  #sleep(ms: number, give: (end: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#options.clock.after(ms, resolve);
      give(() => {
        cancel();
        resolve();
      });
    });
  }

  #notifyWaiting(): void {
    this.#waiting.forEach((check) => check());
  }
}
