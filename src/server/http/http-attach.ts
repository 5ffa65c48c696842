import { ServerResponse, type IncomingMessage, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { answerClientError } from './client-error.js';
import type { RoutedRequest } from './client-address.js';

type Upgrade = (request: IncomingMessage, duplex: Duplex, head: Buffer) => void;

/** Handles the requests of the call server. */
export interface HttpHandlers {
  /** Whether the call server answers this path (relative to `base`) when it is attached to an application. */
  matches(path: string, base: string): boolean;
  request(incoming: IncomingMessage, outgoing: ServerResponse): void;
  /** Returns the upgrade handler of a path, or `undefined`. */
  upgrade(path: string): Upgrade | undefined;
  /** Counts a rejected upgrade. Resolves with `false` if the client exceeded its limit. */
  countRefusal(incoming: IncomingMessage): Promise<boolean>;
}

/** Marks the upgrade listeners of call servers, so that several on one HTTP server recognise each other. */
const placeholder = Symbol('call server');

/**
 * Attaches the call server in front of all other listeners of `server`, including those added later: its paths are
 * handled by the call server alone, all others by the other listeners. It overrides `emit`, because a listener cannot
 * withhold a request from other listeners. Returns a function that detaches it.
 */
export function attachToServer(server: Server, handlers: HttpHandlers, bases: readonly string[]): () => void {
  const original = server.emit.bind(server) as (event: string | symbol, ...args: unknown[]) => boolean;
  const previousEmit = Object.getOwnPropertyDescriptor(server, 'emit');
  let isAttached = true;

  const request = (incoming: IncomingMessage, outgoing: ServerResponse): boolean => {
    const base = matchingBase(incoming, handlers, bases);
    if (base === undefined && server.listenerCount('request') > 0) return false;
    handlers.request(routed(incoming, base ?? longestBase(incoming, bases)), outgoing);
    return true;
  };
  const upgrade = (incoming: IncomingMessage, duplex: Duplex, head: Buffer): boolean => {
    // Node removes its error listener from these sockets: without this one, a broken connection would end the
    // process.
    duplex.on('error', ignore);
    const base = matchingBase(incoming, handlers, bases);
    const upgradeHandler = base === undefined ? undefined : handlers.upgrade(pathBelow(incoming, base));
    if (base === undefined || !upgradeHandler) return false;
    upgradeHandler(routed(incoming, base), duplex, head);
    return true;
  };
  /** Node's default response to a long token has no body, and no CORS header: browsers report only a network error. */
  const headersTooLarge = (error: NodeJS.ErrnoException, duplex: Duplex): boolean => {
    if (error.code !== 'HPE_HEADER_OVERFLOW' || server.listenerCount('clientError') > 0) return false;
    answerClientError(error, duplex);
    return true;
  };
  const intercept = (event: string | symbol, ...args: unknown[]): boolean => {
    if (isAttached && event === 'request' && request(...(args as Parameters<typeof request>))) return true;
    if (isAttached && event === 'upgrade' && upgrade(...(args as Parameters<typeof upgrade>))) return true;
    if (
      isAttached &&
      event === 'clientError' &&
      headersTooLarge(...(args as Parameters<typeof headersTooLarge>))
    )
      return true;
    return original(event, ...args);
  };
  // Without an `upgrade` listener, Node treats upgrades as plain requests.
  const unclaimed = Object.assign(
    (incoming: IncomingMessage, duplex: Duplex): void => {
      if (duplex.writableEnded || !server.listeners('upgrade').every((one) => placeholder in one)) return;
      if (isWebSocket(incoming) || !isWithoutBody(incoming)) void refuse(incoming, duplex, handlers);
      else answerAsRequest(server, incoming, duplex);
    },
    { [placeholder]: true },
  );
  server.emit = intercept;
  server.on('upgrade', unclaimed);
  return () => {
    isAttached = false;
    server.off('upgrade', unclaimed);
    if (server.emit !== intercept) return;
    if (previousEmit) Object.defineProperty(server, 'emit', previousEmit);
    else delete (server as Partial<Server>).emit;
  };
}

/** The base path of a request to the call server; `undefined` if the request is for the application. */
function matchingBase(
  incoming: IncomingMessage,
  handlers: HttpHandlers,
  bases: readonly string[],
): string | undefined {
  return bases.find((base) => isBelow(incoming, base) && handlers.matches(pathBelow(incoming, base), base));
}

function longestBase(incoming: IncomingMessage, bases: readonly string[]): string {
  return bases.find((base) => isBelow(incoming, base)) ?? '';
}

function isBelow(incoming: IncomingMessage, base: string): boolean {
  const path = pathOf(incoming);
  return path === base || path.startsWith(`${base}/`);
}

function pathBelow(incoming: IncomingMessage, base: string): string {
  return pathOf(incoming).slice(base.length);
}

/** `proxy_pass http://calls/` in nginx makes `//signal` of `/calls/signal`, unless the location ends with a slash. */
function withoutDoubleSlash(url = '/'): string {
  return url.replace(/^\/{2,}/, '/');
}

function pathOf({ url }: IncomingMessage): string {
  return withoutDoubleSlash(url).split('?', 1)[0] ?? '/';
}

/** Removes the base path from a request's URL. */
function routed(incoming: RoutedRequest, base: string): IncomingMessage {
  const url = withoutDoubleSlash(incoming.url);
  if (base === '') return Object.assign(incoming, { url });
  const rest = url.slice(base.length);
  incoming.url = rest.startsWith('/') ? rest : `/${rest}`;
  incoming.baseUrl = base;
  return incoming;
}

function isWebSocket({ headers }: IncomingMessage): boolean {
  return /\bwebsocket\b/i.test(headers.upgrade ?? '');
}

function isWithoutBody({ headers, method }: IncomingMessage): boolean {
  return (
    (method === 'GET' || method === 'HEAD') && !headers['content-length'] && !headers['transfer-encoding']
  );
}

/**
 * Upgrades to other protocols, such as h2c, may be ignored: the request is served as it would be without the call
 * server.
 */
function answerAsRequest(server: Server, incoming: IncomingMessage, duplex: Duplex): void {
  const outgoing = new ServerResponse(incoming);
  outgoing.shouldKeepAlive = false;
  outgoing.assignSocket(duplex as Socket);
  outgoing.on('finish', () => duplex.end(() => duplex.destroy()));
  incoming.push(null);
  server.emit('request', incoming, outgoing);
}

async function refuse(incoming: IncomingMessage, duplex: Duplex, handlers: HttpHandlers): Promise<void> {
  const [status, code] = (await handlers.countRefusal(incoming))
    ? ['404 Not Found', 'ERR_NOT_FOUND']
    : ['429 Too Many Requests', 'ERR_TOO_MANY_REQUESTS'];
  const body = JSON.stringify({
    error: { code, message: 'There is no WebSocket endpoint at this path.', details: null },
  });
  const head = [
    `HTTP/1.1 ${status}`,
    'Connection: close',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  duplex.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => duplex.destroy());
}

const ignore = (): void => undefined;
