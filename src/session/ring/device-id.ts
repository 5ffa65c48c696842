import { nanoid } from 'nanoid';
import type { KeyValueStore, PageEnvironment } from './page-environment.js';

const key = 'cometchat-call:device';

/** How long, in ms, the page before a reload may take to let go of its id. */
const lockTimeoutMs = 500;

/** One id per page, whoever asks for it first: a page that waited for its own lock would take itself for another. */
const idsByPage = new WeakMap<KeyValueStore, Promise<string>>();

/** This page's device id: the same after a reload, but another one in a tab that was duplicated from it. */
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
    // The store is full: after a reload this is another device.
  }
  await claimId(newId, locks);
  return newId;
}

/** Whether no other page has the id; if so, it is held until this page goes. */
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
