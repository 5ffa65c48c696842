import { serverUrl } from '../../protocol/server-url.js';

/** `https://calls.example/base/` -> `wss://calls.example/base/signal`. */
export function signalingUrl(base: string): string {
  return socketUrl(base, '/signal');
}

/** The WebSocket URL of a path below the server's base URL. Throws INVALID_ARGUMENT. */
export function socketUrl(base: string, path: `/${string}`): string {
  return serverUrl(base, { page: globalThis.location?.href }).replace(/^http/, 'ws') + path;
}
