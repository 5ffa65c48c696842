import { nanoid } from 'nanoid';
import type { KeyStore, PageEnvironment } from './page-environment.js';

const key = 'cometchat-call:device';

/** How long, in ms, the page before a reload may take to let go of its id. */
const patience = 500;

/** One id per page, whoever asks for it first: a page that waited for its own lock would take itself for another. */
const known = new WeakMap<KeyStore, Promise<string>>();

/** This page's device id: the same after a reload, but another one in a tab that was duplicated from it. */
export function deviceId(environment: PageEnvironment): Promise<string> {
  const id = known.get(environment.tabStore) ?? findId(environment);
  known.set(environment.tabStore, id);
  return id;
}

async function findId({ tabStore, locks }: PageEnvironment): Promise<string> {
  const stored = tabStore.getItem(key);
  if (stored !== null && (await isFree(stored, locks))) return stored;
  const fresh = nanoid();
  try {
    tabStore.setItem(key, fresh);
  } catch {
    // The store is full: after a reload this is another device.
  }
  await isFree(fresh, locks);
  return fresh;
}

/** Whether no other page has the id; if so, it is held until this page goes. */
async function isFree(id: string, locks: PageEnvironment['locks']): Promise<boolean> {
  if (!locks) return true;
  return new Promise((resolve) => {
    const hold = (): Promise<never> => {
      resolve(true);
      return new Promise(() => undefined);
    };
    locks
      .request(`${key}:${id}`, { signal: AbortSignal.timeout(patience) }, hold)
      .catch((error: unknown) => resolve((error as Error).name !== 'TimeoutError'));
  });
}
