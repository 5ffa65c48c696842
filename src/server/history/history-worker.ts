import { readlinkSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { basename } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { HistoryPlace } from './database/history-database.js';
import { openHistoryStore, type HistoryStore } from './history-store.js';
import type { StoreMessage, StoreRequest } from './history-thread.js';

/** What runs in the thread of the call history: answers the requests of `history-thread.ts`. */
const post = (message: StoreMessage): void => parentPort?.postMessage(message);
const store = openHistoryStore(workerData as HistoryPlace, ({ message }) => post({ lost: message }));

async function answer({ id, name, args }: StoreRequest): Promise<void> {
  try {
    const method = store[name] as (...args: StoreRequest['args']) => ReturnType<HistoryStore[typeof name]>;
    post({ id, result: await method(...args) });
  } catch (error) {
    const { message, code } = error as Error & { readonly code?: unknown };
    post({ id, error: { message, ...(typeof code === 'string' && { code }) } });
  }
}

/** When processors are scarce, calls go before their history. Only Linux has a priority for each thread. */
function letCallsGoFirst(): void {
  try {
    setPriority(
      Number(basename(readlinkSync('/proc/thread-self'))),
      constants.priority.PRIORITY_BELOW_NORMAL,
    );
  } catch {
    // It writes at the same priority then.
  }
}

letCallsGoFirst();
parentPort?.on('message', (request: StoreRequest) => void answer(request));
