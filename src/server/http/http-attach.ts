import { ServerResponse, type IncomingMessage, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { RoutedRequest } from './client-address.js';

type Upgrade = (request: IncomingMessage, duplex: Duplex, head: Buffer) => void;

/** What a call server does with the requests that are its own. */
export interface HttpHandlers {
  /** Whether the path, relative to the base path, is one that this server answers beside an application. */
  matches(path: string, base: string): boolean;
  request(incoming: IncomingMessage, outgoing: ServerResponse): void;
  /** What takes a WebSocket of that path; `undefined`: nothing here does. */
  upgrade(path: string): Upgrade | undefined;
  /** Counts an upgrade that is refused against the limits; resolves with whether the client is within them. */
  countRefusal(incoming: IncomingMessage): Promise<boolean>;
}

/** Marks the upgrade listeners of call servers, so that several on one HTTP server know each other. */
const placeholder = Symbol('call server');

/**
 * Puts the call server in front of all other listeners of `server`, those added later included: its own paths go to
 * it alone, all others to the rest. It takes over `emit`, because a listener cannot keep others from a request.
 * Returns what takes it away again.
 */
export function attachToServer(server: Server, handlers: HttpHandlers, bases: readonly string[]): () => void {
  const original = server.emit.bind(server) as (event: string | symbol, ...args: unknown[]) => boolean;
  const ownEmit = Object.getOwnPropertyDescriptor(server, 'emit');
  let isAttached = true;

  const request = (incoming: IncomingMessage, outgoing: ServerResponse): boolean => {
    const own = ownBase(incoming, handlers, bases);
    if (own === undefined && server.listenerCount('request') > 0) return false;
    handlers.request(routed(incoming, own ?? longestBase(incoming, bases)), outgoing);
    return true;
  };
  const upgrade = (incoming: IncomingMessage, duplex: Duplex, head: Buffer): boolean => {
    // Node leaves these sockets without a listener: a connection that breaks now would end the process.
    duplex.on('error', ignore);
    const own = ownBase(incoming, handlers, bases);
    const upgradeHandler = own === undefined ? undefined : handlers.upgrade(pathBelow(incoming, own));
    if (own === undefined || !upgradeHandler) return false;
    upgradeHandler(routed(incoming, own), duplex, head);
    return true;
  };
  const intercept = (event: string | symbol, ...args: unknown[]): boolean => {
    if (isAttached && event === 'request' && request(...(args as Parameters<typeof request>))) return true;
    if (isAttached && event === 'upgrade' && upgrade(...(args as Parameters<typeof upgrade>))) return true;
    return original(event, ...args);
  };
  // Without a listener Node treats upgrades as plain requests.
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
    if (ownEmit) Object.defineProperty(server, 'emit', ownEmit);
    else delete (server as Partial<Server>).emit;
  };
}

/** `undefined`: the path is the application's. */
function ownBase(
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

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '/';
}

/** The request as it would have come without the base path. */
function routed(incoming: RoutedRequest, base: string): IncomingMessage {
  if (base === '') return incoming;
  const rest = (incoming.url ?? '/').slice(base.length);
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

/** Offers of other protocols, such as h2c, may be ignored: they are served as they would be without the call server. */
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
  const body = JSON.stringify({ error: { code, message: 'There is no WebSocket here.', details: null } });
  const head = [
    `HTTP/1.1 ${status}`,
    'Connection: close',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  duplex.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => duplex.destroy());
}

const ignore = (): void => undefined;
