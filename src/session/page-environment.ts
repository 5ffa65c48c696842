import type { SocketClass } from '../signaling/socket-class.js';
import type { ChannelPatience } from '../signaling/channel-patience.js';

/** The part of Storage that is needed. */
export type KeyStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What ringing needs of the page around it. */
export interface PageEnvironment {
  readonly fetch: typeof fetch;
  /** Outlives the tab. */
  readonly localStore: KeyStore;
  /** Outlives a reload. */
  readonly tabStore: KeyStore;
  /** The page's address, which relative hosts are relative to. */
  readonly pageUrl: string | undefined;
  readonly locks: Pick<LockManager, 'request'> | undefined;
  /** Where there is no global one. */
  readonly WebSocket?: SocketClass;
  readonly patience?: ChannelPatience;
}

/** The browser's; asked for late, because the package is also imported where there is none. */
export function browserEnvironment(): PageEnvironment {
  return {
    fetch: (...request) => fetch(...request),
    localStore: storeOr(() => globalThis.localStorage),
    tabStore: storeOr(() => globalThis.sessionStorage),
    pageUrl: globalThis.location?.href,
    locks: globalThis.navigator?.locks,
  };
}

/** Where storage is forbidden or missing, things are remembered until the page goes. */
function storeOr(find: () => Storage | undefined): KeyStore {
  try {
    const store = find();
    if (store) return store;
  } catch {
    // Reading the property throws in sandboxed frames and where cookies are blocked.
  }
  return memoryStore();
}

/** A store that lasts as long as itself. */
export function memoryStore(): KeyStore {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}
