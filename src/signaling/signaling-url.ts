import { CallError } from '../domain/call-error.js';

/** `https://calls.example/base/` -> `wss://calls.example/base/signal`. */
export function signalingUrl(base: string): string {
  return socketUrl(base, '/signal');
}

/** Where one of the server's sockets is, below its base URL. */
export function socketUrl(base: string, path: `/${string}`): string {
  const page = globalThis.location?.href;
  const url = URL.canParse(base, page) ? new URL(base, page) : undefined;
  if (!url || !/^(http|ws)s?:$/.test(url.protocol))
    throw new CallError('INVALID_ARGUMENT', {
      message: 'The server URL is not an http or https URL.',
      details: { url: base },
    });
  url.protocol = url.protocol.replace('http', 'ws');
  url.pathname = url.pathname.replace(/\/*$/, path);
  url.search = '';
  url.hash = '';
  return url.href;
}
