import type { SocketClass } from '../../signaling/websocket/socket-class.js';
import type { ChannelTimeouts } from '../../signaling/websocket/channel-timeouts.js';

/** The part of Storage that is needed. */
export type KeyValueStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What ringing needs of the page around it. */
export interface PageEnvironment {
  readonly fetch: typeof fetch;
  /** Outlives the tab. */
  readonly localStorage: KeyValueStore;
  /** Outlives a reload. */
  readonly sessionStorage: KeyValueStore;
  /** The page's address, which relative hosts are relative to. */
  readonly pageUrl: string | undefined;
  readonly locks: Pick<LockManager, 'request'> | undefined;
  /** Where there is no global one. */
  readonly WebSocket?: SocketClass;
  readonly timeouts?: ChannelTimeouts;
}

/** The browser's; asked for late, because the package is also imported where there is none. */
export function browserEnvironment(): PageEnvironment {
  return {
    fetch: (...request) => fetch(...request),
    localStorage: storageOr(() => globalThis.localStorage),
    sessionStorage: storageOr(() => globalThis.sessionStorage),
    pageUrl: globalThis.location?.href,
    locks: globalThis.navigator?.locks,
  };
}

/** Where storage is forbidden or missing, things are remembered until the page goes. */
function storageOr(find: () => Storage | undefined): KeyValueStore {
  try {
    const store = find();
    if (store) return store;
  } catch {
    // Reading the property throws in sandboxed frames and where cookies are blocked.
  }
  return memoryStorage();
}

/** A store that lasts as long as itself. */
export function memoryStorage(): KeyValueStore {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}
