import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nanoid } from 'nanoid';
import { ConfigError, type ServerConfig } from '../config/server-config.js';
import type { Clock } from '../limits/deadline-queue.js';
import type { Metrics } from '../monitoring/metrics.js';
import { errorFields, type ServerLog } from '../monitoring/server-log.js';
import type { CallQuery } from './call-query.js';
import { openDataFolder, type DataFolder } from './journal/data-folder.js';
import type { CallPage, CallRecord } from './history-reader.js';
import type { HistoryRecorder } from './history-recorder.js';
import type { HistoryStore } from './history-store.js';
import { openThreadedStore } from './history-thread.js';
import { Housekeeping, type LiveCall } from './housekeeping.js';
import { Journal } from './journal/journal.js';
import { Outbox } from './journal/outbox.js';

/** The history of calls that outlasts the process. */
export interface CallHistory extends HistoryRecorder {
  /** Entries that wait for the database, in memory. */
  readonly pending: number;
  /** With a `viewer`, only calls that this user was part of or invited to. */
  page(query: CallQuery, viewer: string | null): Promise<CallPage>;
  /** All calls of a session, the newest first. */
  session(sessionId: string, viewer: string | null): Promise<readonly CallRecord[]>;
  /** Removes a user. Resolves with the number of calls concerned. */
  erase(uid: string): Promise<number>;
  close(): Promise<void>;
}

export interface CallHistoryOptions {
  readonly config: ServerConfig;
  readonly clock: Clock;
  readonly log: ServerLog;
  readonly metrics: Pick<Metrics, 'history'>;
  /** Whether the call takes place at this time. */
  readonly isLive: (call: LiveCall) => Promise<boolean>;
  readonly signal: AbortSignal;
}

/** How long (ms) a reader waits for what was recorded just before, and how long the end of the server waits for it. */
const [freshnessMs, closingMs] = [1000, 5000];

/**
 * Creates the history that the configuration asks for; `undefined` if it asks for none. Throws a ConfigError if the
 * data folder cannot be used.
 */
export function createCallHistory(options: CallHistoryOptions): CallHistory | undefined {
  const { config, log, metrics, clock } = options;
  const { databaseUrl, dataFolder, dev } = config;
  const isTemporary = databaseUrl === undefined && dataFolder === undefined;
  if (isTemporary && !dev) return undefined;
  const folder = isTemporary ? undefined : folderFor(config, log);
  const store = openThreadedStore({ databaseUrl, dataFolder: folder?.path }, (error) =>
    log('warn', 'history database connection lost', errorFields(error)),
  );
  const outbox = new Outbox({
    write: (lines) => store.write(lines),
    journal: folder && new Journal(folder.path),
    clock,
    log,
    counters: {
      written: (count) => metrics.history('written', count),
      dropped: (count) => metrics.history('dropped', count),
      failed: () => metrics.history('failed', 1),
    },
    // In development most servers are never asked for their history, and the database takes some memory.
    isPaused: isTemporary,
  });
  if (!isTemporary) new Housekeeping({ ...options, store }).start();
  const fresh = async (): Promise<HistoryStore> => {
    outbox.start();
    await outbox.settled(freshnessMs);
    return store;
  };
  return {
    get pending() {
      return outbox.pending;
    },
    record: (entries) => outbox.record(entries),
    page: async (query, viewer) => (await fresh()).page(query, viewer),
    session: async (sessionId, viewer) => (await fresh()).session(sessionId, viewer),
    erase: async (uid) => (await fresh()).erase(uid, replacementUid()),
    close: async () => {
      await outbox.close(closingMs);
      await store.close();
      folder?.release();
    },
  };
}

/** The uid that replaces an erased user’s. Each erasure gets a new one, so that it does not identify the user. */
export function replacementUid(): string {
  return `erased-${nanoid()}`;
}

/**
 * The folder that was chosen; with a database, by default one in the system's temporary folder, which need not be
 * there: without it, entries that have not reached the database are lost when the process is killed.
 */
function folderFor(config: ServerConfig, log: ServerLog): DataFolder | undefined {
  const { dataFolder, databaseUrl = '', host = '', port } = config;
  try {
    if (dataFolder !== undefined) return openDataFolder(dataFolder);
    const name = createHash('sha256').update(`${databaseUrl} ${host} ${port}`).digest('hex').slice(0, 16);
    return openDataFolder(join(tmpdir(), 'cometchat-call', name));
  } catch (error) {
    if (dataFolder !== undefined) throw new ConfigError([(error as Error).message]);
    log('warn', 'history outbox is kept in memory only: choose a folder with DATA_DIR', errorFields(error));
    return undefined;
  }
}
