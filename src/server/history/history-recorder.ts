import type { HistoryEntry } from '../../domain/history/history-entry.js';

/** Takes what the steps of rooms and ringing calls add to the call history. */
export interface HistoryRecorder {
  /** Never throws and never waits: a call does not depend on its history. */
  record(entries: readonly HistoryEntry[]): void;
}

/** For servers that keep no history. */
export const noRecorder: HistoryRecorder = { record: () => undefined };
