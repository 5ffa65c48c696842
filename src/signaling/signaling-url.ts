import { CallError } from '../domain/call-error.js';

/** `https://calls.example/base/` -> `wss://calls.example/base/signal`. */
export function signalingUrl(base: string): string {
  return socketUrl(base, '/signal');
}

/** Where one of the server's sockets is, below its base URL. */
export function socketUrl(base: string, path: `/${string}`): string {
  if (!URL.canParse(base, globalThis.location?.href))
    throw new CallError('INVALID_ARGUMENT', {
      message: 'The server URL is not a URL.',
      details: { url: base },
    });
  const url = new URL(base, globalThis.location?.href);
  url.protocol = url.protocol.replace('http', 'ws');
  url.pathname = url.pathname.replace(/\/*$/, path);
  url.search = '';
  url.hash = '';
  return url.href;
}
