import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { HistoryPlace } from './database/history-database.js';
import { openHistoryStore, type HistoryStore } from './history-store.js';

/** One call of a method of the store. */
export interface StoreRequest {
  readonly id: number;
  readonly name: keyof HistoryStore;
  readonly args: readonly unknown[];
}

/** An answer, or the news that a connection to the database was lost. */
export type StoreMessage =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: { readonly message: string; readonly code?: string } }
  | { readonly lost: string };

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A store in a thread of its own: to convert rows, and to speak with the database (or to be it), takes milliseconds in
 * which no call would be served. The thread starts with the first request, and again with the next one if it has ended.
 */
export class HistoryThread implements HistoryStore {
  readonly #place: HistoryPlace;
  readonly #onError: (error: Error) => void;
  readonly #script: URL;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #lastId = 0;

  constructor(place: HistoryPlace, onError: (error: Error) => void, script: URL) {
    this.#place = place;
    this.#onError = onError;
    this.#script = script;
  }

  readonly write = this.#method('write');
  readonly page = this.#method('page');
  readonly session = this.#method('session');
  readonly erase = this.#method('erase');
  readonly openCalls = this.#method('openCalls');
  readonly closeCall = this.#method('closeCall');
  readonly deleteCallsBefore = this.#method('deleteCallsBefore');

  async close(): Promise<void> {
    const worker = this.#worker;
    if (!worker) return;
    try {
      await this.#ask('close', []);
    } catch (error) {
      // If the thread has ended meanwhile, nothing is open any more.
      if (this.#worker) this.#onError(error as Error);
    }
    await worker.terminate();
  }

  #method<Name extends keyof HistoryStore>(name: Name): HistoryStore[Name] {
    return ((...args: readonly unknown[]) => this.#ask(name, args)) as HistoryStore[Name];
  }

  #ask(name: keyof HistoryStore, args: readonly unknown[]): Promise<unknown> {
    this.#worker ??= this.#start();
    const id = ++this.#lastId;
    const request: StoreRequest = { id, name, args };
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker?.postMessage(request);
    });
  }

  #start(): Worker {
    const worker = new Worker(this.#script, { workerData: this.#place, name: 'call history' });
    worker.on('message', (message: StoreMessage) => this.#receive(message));
    worker.on('error', (error: Error) => this.#onError(error));
    worker.on('exit', () => {
      this.#worker = undefined;
      const ended = new Error('the thread of the call history has ended');
      this.#waiting.forEach(({ reject }) => reject(ended));
      this.#waiting.clear();
    });
    return worker;
  }

  #receive(message: StoreMessage): void {
    if ('lost' in message) return this.#onError(new Error(message.lost));
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if ('error' in message) {
      const { message: text, ...code } = message.error;
      waiting?.reject(Object.assign(new Error(text), code));
    } else waiting?.resolve(message.result);
  }
}

/** Beside this file once it is built. */
const builtScript = new URL('./history-worker.js', import.meta.url);

/** In a thread; in this one where the script of the thread is missing: bundled into an application, or not built yet. */
export function openThreadedStore(place: HistoryPlace, onError: (error: Error) => void): HistoryStore {
  return existsSync(fileURLToPath(builtScript))
    ? new HistoryThread(place, onError, builtScript)
    : openHistoryStore(place, onError);
}
