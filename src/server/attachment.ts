import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

type Upgrade = (request: IncomingMessage, duplex: Duplex, head: Buffer) => void;

/** What a call server does with the requests that are its own. */
export interface HttpParts {
  isOwn(path: string): boolean;
  request(incoming: IncomingMessage, outgoing: ServerResponse): void;
  /** What takes a WebSocket of that path; `undefined`: nothing here does. */
  upgrade(path: string): Upgrade | undefined;
}

/**
 * Puts the call server in front of whatever else listens on `server`: its own paths go to it, all others to the rest.
 * Returns what takes it away again.
 */
export function attachTo(server: Server, parts: HttpParts): () => void {
  const others = server.listeners('request') as RequestListener[];
  const request: RequestListener = (incoming, outgoing) => {
    if (others.length === 0 || parts.isOwn(pathOf(incoming))) parts.request(incoming, outgoing);
    else for (const listener of others) listener.call(server, incoming, outgoing);
  };
  const upgrade: Upgrade = (incoming, duplex, head) => {
    const take = parts.upgrade(pathOf(incoming));
    if (take) take(incoming, duplex, head);
    // Another listener may know this path; where there is none, nobody would ever answer.
    else if (server.listenerCount('upgrade') === 1)
      duplex.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  };
  server.removeAllListeners('request');
  server.on('request', request);
  server.on('upgrade', upgrade);
  return () => {
    server.off('upgrade', upgrade);
    server.off('request', request);
    for (const listener of others) server.on('request', listener);
  };
}

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '/';
}
