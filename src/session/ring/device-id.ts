import { nanoid } from 'nanoid';
import type { KeyValueStore, PageEnvironment } from './page-environment.js';

const key = 'cometchat-call:device';

/** ms to wait until the page before a reload releases the lock on its id. */
const lockTimeoutMs = 500;

/** One id per page: a second lookup would wait for the page's own lock and create another id. */
const idsByPage = new WeakMap<KeyValueStore, Promise<string>>();

/** The device id of this page. It survives a reload; a duplicated tab gets a new one. */
export function deviceId(environment: PageEnvironment): Promise<string> {
  const id = idsByPage.get(environment.sessionStorage) ?? resolveId(environment);
  idsByPage.set(environment.sessionStorage, id);
  return id;
}

async function resolveId({ sessionStorage, locks }: PageEnvironment): Promise<string> {
  const stored = sessionStorage.getItem(key);
  if (stored !== null && (await claimId(stored, locks))) return stored;
  const newId = nanoid();
  try {
    sessionStorage.setItem(key, newId);
  } catch {
    // The storage is full: the id will not survive a reload.
  }
  await claimId(newId, locks);
  return newId;
}

/** Locks the id until this page is closed; returns whether no other page holds it. */
async function claimId(id: string, locks: PageEnvironment['locks']): Promise<boolean> {
  if (!locks) return true;
  return new Promise((resolve) => {
    const holdLock = (): Promise<never> => {
      resolve(true);
      return new Promise(() => undefined);
    };
    locks
      .request(`${key}:${id}`, { signal: AbortSignal.timeout(lockTimeoutMs) }, holdLock)
      .catch((error: unknown) => resolve((error as Error).name !== 'TimeoutError'));
  });
}
