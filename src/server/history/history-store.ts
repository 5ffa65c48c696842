import type { HistoryEntry } from '../../domain/history/history-entry.js';
import type { CallQuery } from './call-query.js';
import { DataError } from './database/database.js';
import { HistoryDatabase, type HistoryPlace } from './database/history-database.js';
import { readPage, readSession, type CallPage, type CallRecord } from './history-reader.js';
import { closeCall, deleteCallsBefore, eraseUser, openCalls, writeEntries } from './history-writer.js';

/** What the server asks of the database of its call history. Arguments and results can be sent to another thread. */
export interface HistoryStore {
  /** Writes entries, each a line of JSON; the same ones may come again. Rejects with a data error if one is refused. */
  readonly write: (lines: readonly string[]) => Promise<void>;
  /** With a `viewer`, only calls that this user was part of or invited to. */
  readonly page: (query: CallQuery, viewer: string | null) => Promise<CallPage>;
  /** All calls of a session, the newest first. */
  readonly session: (sessionId: string, viewer: string | null) => Promise<readonly CallRecord[]>;
  /** Removes a user: `replacement` takes the place of the uid. Resolves with the number of calls concerned. */
  readonly erase: (uid: string, replacement: string) => Promise<number>;
  /** The calls that no entry has ended, and to which nothing was added since `before` (ms since 1970). */
  readonly openCalls: (before: number, limit: number) => ReturnType<typeof openCalls>;
  /** Ends a call whose server is gone. */
  readonly closeCall: (callId: string, now: number) => Promise<void>;
  /** Deletes calls that were placed before `time`, at most `limit` of them. Resolves with the number. */
  readonly deleteCallsBefore: (time: number, limit: number) => Promise<number>;
  readonly close: () => Promise<void>;
}

/** A store whose database this thread opens, when it is first asked. `onError` hears of idle connections that break. */
export function openHistoryStore(place: HistoryPlace, onError: (error: Error) => void): HistoryStore {
  return historyStoreOn(new HistoryDatabase(place, onError));
}

export function historyStoreOn(history: Pick<HistoryDatabase, 'open' | 'close'>): HistoryStore {
  return {
    write: async (lines) => writeEntries(await history.open(), parsed(lines)),
    page: async (query, viewer) => readPage(await history.open(), query, viewer),
    session: async (sessionId, viewer) => readSession(await history.open(), sessionId, viewer),
    erase: async (uid, replacement) => eraseUser(await history.open(), uid, replacement),
    openCalls: async (before, limit) => openCalls(await history.open(), before, limit),
    closeCall: async (callId, now) => closeCall(await history.open(), callId, now),
    deleteCallsBefore: async (time, limit) => deleteCallsBefore(await history.open(), time, limit),
    close: () => history.close(),
  };
}

function parsed(lines: readonly string[]): readonly HistoryEntry[] {
  try {
    return JSON.parse(`[${lines.join(',')}]`) as readonly HistoryEntry[];
  } catch (cause) {
    throw new DataError('a damaged line in the journal', { cause });
  }
}
