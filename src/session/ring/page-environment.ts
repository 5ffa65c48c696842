import type { SocketClass } from '../../signaling/websocket/socket-class.js';
import type { ChannelTimeouts } from '../../signaling/websocket/channel-timeouts.js';

export type KeyValueStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What ringing requires of the page. */
export interface PageEnvironment {
  readonly fetch: typeof fetch;
  /** Survives closing the tab. */
  readonly localStorage: KeyValueStore;
  /** Survives a reload. */
  readonly sessionStorage: KeyValueStore;
  /** The base URL for relative hosts. */
  readonly pageUrl: string | undefined;
  readonly locks: Pick<LockManager, 'request'> | undefined;
  /** Needed where there is no global `WebSocket`. */
  readonly WebSocket?: SocketClass;
  readonly timeouts?: ChannelTimeouts;
}

/** The environment of this browser. Read on use, because the package is also imported outside browsers. */
export function browserEnvironment(): PageEnvironment {
  return {
    fetch: (...request) => fetch(...request),
    localStorage: storageOr(() => globalThis.localStorage),
    sessionStorage: storageOr(() => globalThis.sessionStorage),
    pageUrl: globalThis.location?.href,
    locks: globalThis.navigator?.locks,
  };
}

/** Falls back to memory where storage is blocked or missing. */
function storageOr(find: () => Storage | undefined): KeyValueStore {
  try {
    const store = find();
    if (store) return store;
  } catch {
    // Reading the property throws in sandboxed frames and where cookies are blocked.
  }
  return memoryStorage();
}

/** A key-value store in memory. */
export function memoryStorage(): KeyValueStore {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}
