import { nanoid } from 'nanoid';
import type { ChatEnvironment } from './chat-environment.js';

const key = 'cometchat-call:device';

/** How long, in ms, the page before a reload may take to let go of its id. */
const patience = 500;

/** This page's device id: the same after a reload, but another one in a tab that was duplicated from it. */
export async function deviceId({ tabStore, locks }: ChatEnvironment): Promise<string> {
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
async function isFree(id: string, locks: ChatEnvironment['locks']): Promise<boolean> {
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
