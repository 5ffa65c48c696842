import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { parseClientMessage } from '../protocol/parse-message.js';
import { attachTo, type HttpParts } from './attachment.js';
import { createAuthorizer, type Authorize, type Authorizer } from './authorization.js';
import { clientAddress, untrustedHeaders } from './client-address.js';
import { answerClientError, maxHeaderSize } from './client-error.js';
import { systemClock, type Clock } from './deadline-queue.js';
import { httpRoutes, ownPaths } from './http-routes.js';
import { acceptsIssuer } from './issuers.js';
import { MemberSockets } from './member-socket.js';
import { createMetrics } from './metrics.js';
import { createRateLimits } from './rate-limits.js';
import { ringDoor } from './ring-door.js';
import { RingLines } from './ring-lines.js';
import { MemoryRingStore } from './ring-store.js';
import { MemoryRoomStore } from './room-store.js';
import { checkConfig, ConfigError, type ServerConfig } from './server-config.js';
import { createServerLog, errorFields, type ServerLog } from './server-log.js';
import type { ServerOptions } from './server-options.js';
import { createStaticFiles } from './static-files.js';
import { Switchboard } from './switchboard.js';
import { UserDirectory } from './user-directory.js';

/** What a call server can be made with; only `secret` is needed (not even that with `dev`). */
export type CallServerOptions = ServerOptions & {
  /** Folders to serve in development mode, by the path they appear under: `{ '/': 'demo', '/dist': 'dist' }`. */
  readonly files?: Readonly<Record<string, string>>;
  /** Where events are written; by default as lines of JSON to the standard error output. */
  readonly log?: ServerLog;
  readonly clock?: Clock;
  /**
   * Asked before a user gets a token for a session or joins it, mutes another, ends the session for all, or rings others.
   * Without it, or where it returns `undefined`, the role in the token decides.
   */
  readonly authorize?: Authorize;
  /** Also measures memory, event loop and garbage collection of this process. */
  readonly processMetrics?: boolean;
};

/** A call server: signalling, tokens, health and metrics. */
export interface CallServer {
  /** Where it can be reached. Throws before `listen` has resolved. */
  readonly url: string;
  readonly port: number;
  /** The secrets that were made up because there were none (development mode only). */
  readonly generated: readonly string[];
  /** Starts a server of its own; resolves with its URL. */
  listen(): Promise<string>;
  /**
   * Serves its own paths on a server that the application has made, and leaves all others to the application. It does
   * not matter which of the two is attached first. Returns what detaches it again; `close` does that too. How long the
   * headers of a request may be is then up to that server: give it a `maxHeaderSize` if your tokens are long.
   */
  attach(server: Server, options?: AttachOptions): () => void;
  /** Tells all clients, closes their connections, and stops listening. */
  close(): Promise<void>;
}

/** Where a call server is attached. */
export interface AttachOptions {
  /**
   * The path below which all of it is, e.g. `/calls`; `/healthz` and `/metrics` are there too. By default its paths
   * are at the root (and below the paths of `publicUrls`), where `/healthz` and `/metrics` are the application's.
   */
  readonly basePath?: string;
}

/** Makes a call server. Throws a ConfigError that lists all that is wrong with the options. */
export function createCallServer(options: CallServerOptions): CallServer {
  const { files, log: given, clock = systemClock, processMetrics = false, authorize, ...rest } = options;
  const config = checkConfig(rest);
  const log = given ?? createServerLog(config.logLevel);
  const life = new AbortController();
  const allow = createAuthorizer(authorize, log);
  const parts = build({ config, log, clock, files, processMetrics, authorize: allow, signal: life.signal });
  const attached = new Map<Server, () => void>();
  const publicBases = basesOf(config);
  const ownSockets = new Set<Socket>();
  let own: Server | undefined;

  return {
    generated: config.generated,
    get url() {
      return urlOf(config, portOf(own));
    },
    get port() {
      return portOf(own);
    },
    listen: async () => {
      own = createServer({ maxHeaderSize });
      own.on('clientError', answerClientError);
      attached.set(own, attachTo(own, parts, publicBases));
      own.on('connection', (socket: Socket) => {
        ownSockets.add(socket);
        socket.on('close', () => ownSockets.delete(socket));
      });
      await startListening(own, config);
      const url = urlOf(config, portOf(own));
      log('info', 'listening', { port: portOf(own), dev: config.dev });
      return url;
    },
    attach: (server, { basePath } = {}) => {
      attached.get(server)?.();
      const detach = attachTo(server, parts, basePath === undefined ? publicBases : [cleanBase(basePath)]);
      attached.set(server, detach);
      return detach;
    },
    close: async () => {
      life.abort();
      const stopped = own?.listening ? stopListening(own) : undefined;
      await Promise.all([...parts.doors.values()].map((sockets) => sockets.stop()));
      attached.forEach((detach) => detach());
      attached.clear();
      // Also those that Node no longer counts as connections of its HTTP server: upgraded, or half open.
      ownSockets.forEach((socket) => socket.destroy());
      await stopped;
      log('info', 'stopped');
    },
  };
}

interface BuildOptions {
  readonly config: ServerConfig;
  readonly log: ServerLog;
  readonly clock: Clock;
  readonly files: Readonly<Record<string, string>> | undefined;
  readonly processMetrics: boolean;
  readonly authorize: Authorizer;
  readonly signal: AbortSignal;
}

function build({ config, log, clock, files, processMetrics, authorize, signal }: BuildOptions) {
  const limits = createRateLimits(config);
  const store = new MemoryRoomStore();
  const metrics = createMetrics(
    {
      connections: () => sockets.size + ringing.size,
      rooms: () => store.size().rooms,
      participants: () => store.size().members,
    },
    { process: processMetrics },
  );
  const accepts = (issuer: string, origin: string): boolean => acceptsIssuer(config, issuer, origin);
  const users = new UserDirectory();
  const shared = { config, log, metrics, users, acceptsIssuer: accepts, authorize };
  const board = new Switchboard({ ...shared, store, clock, signal });
  const sockets = new MemberSockets({
    config,
    limits,
    clock,
    handlers: {
      parse: parseClientMessage,
      receive: (connection, message) => board.receive(connection, message),
      dropped: (connection) => board.dropped(connection),
      isSeated: (connection) => board.isSeated(connection),
      failed: ({ code }) => metrics.failure(code),
    },
  });
  const lines = new RingLines();
  const ringing = ringDoor({
    ...{ config, limits, clock, metrics, log, lines, authorize, signal },
    store: new MemoryRingStore(),
    userOf: (known) => users.newest(known),
    inSession: (sessionId) => store.peek(sessionId)?.members.map(({ uid }) => uid) ?? [],
  });
  const doors = new Map<string, Door>([
    ['/signal', sockets],
    ['/ring', ringing],
  ]);
  const served = config.dev && files ? createStaticFiles(files) : undefined;
  const isOnline = (uid: string): boolean => lines.count(uid) > 0;
  const app = httpRoutes({ ...shared, isOnline, limits, files: served });
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const warn = proxyWarning(config, log);
  return {
    doors,
    isOwn: ownPaths(app, doors.keys()),
    request: (incoming, outgoing) => {
      warn(incoming);
      void listener(incoming, outgoing).catch((error: unknown) =>
        log('error', 'request failed', errorFields(error)),
      );
    },
    upgrade: (path) => {
      const door = doors.get(path);
      return (
        door &&
        ((request, duplex, head) => {
          warn(request);
          door.accept(request, duplex, head);
        })
      );
    },
    countRefusal: (incoming) => limits.connection(clientAddress(incoming, config.trustedProxies)),
  } satisfies HttpParts & { readonly doors: typeof doors };
}

/** Takes the connections of one path, whatever is spoken on them. */
type Door = Pick<MemberSockets<unknown>, 'accept' | 'stop'>;

/** Says once that a proxy stands in front whose headers are not believed. */
function proxyWarning({ trustedProxies }: ServerConfig, log: ServerLog): (incoming: IncomingMessage) => void {
  let hasWarned = false;
  return (incoming) => {
    const headers = hasWarned ? [] : untrustedHeaders(incoming, trustedProxies);
    if (headers.length === 0) return;
    hasWarned = true;
    log('warn', 'forwarded headers are ignored: no proxy is trusted', {
      headers: headers.join(', '),
      remedy:
        'If a proxy of yours sends them, set TRUSTED_PROXIES (option trustedProxies) to the number of proxies.',
    });
  };
}

/** A proxy may keep the path of the public URL or strip it: both work. */
function basesOf({ publicUrls }: ServerConfig): readonly string[] {
  const paths = publicUrls.map((url) => cleanBase(new URL(url).pathname));
  return [...new Set([...paths, ''])].sort((a, b) => b.length - a.length);
}

function cleanBase(path: string): string {
  const trimmed = path.trim().replace(/^\/+|\/+$/g, '');
  return trimmed === '' ? '' : `/${trimmed}`;
}

async function startListening(server: Server, { port, host, dev }: ServerConfig): Promise<void> {
  // In development mode anybody who reaches the server gets tokens: so only this machine does, unless told otherwise.
  const address = host ?? (dev ? '127.0.0.1' : undefined);
  await new Promise<void>((resolve, reject) => {
    // It stays: a failure to accept one more connection later must not end the process.
    server.on('error', (error: NodeJS.ErrnoException) => reject(readable(error, port, address)));
    server.listen({ port, ...(address !== undefined && { host: address }) }, resolve);
  });
}

function readable(error: NodeJS.ErrnoException, port: number, host = ''): Error {
  if (error.code === 'EADDRINUSE')
    return new ConfigError([`Port ${port} is in use. Choose another: --port ${port + 1}, or PORT.`]);
  if (error.code === 'EACCES')
    return new ConfigError([`Port ${port} needs more rights. Choose one above 1023: --port 3000, or PORT.`]);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return new ConfigError([`${host} is no address of this machine (--host, or HOST).`]);
  return error;
}

function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

function portOf(server: Server | undefined): number {
  const address = server?.address() as AddressInfo | null | undefined;
  if (!address) throw new Error('The call server is not listening.');
  return address.port;
}

function urlOf({ host = 'localhost' }: ServerConfig, port: number): string {
  const everywhere = ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(host);
  const name = everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
