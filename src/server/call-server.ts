import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { parseClientMessage } from '../protocol/parse-message.js';
import { attachTo, type HttpParts } from './attachment.js';
import { createAuthorizer, type Authorize, type Authorizer } from './authorization.js';
import { systemClock, type Clock } from './deadline-queue.js';
import { httpRoutes, isOwnPath } from './http-routes.js';
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
  /** Serves its own paths on a server that the application has made, and leaves all others to the application. */
  attach(server: Server): void;
  /** Tells all clients, closes their connections, and stops listening. */
  close(): Promise<void>;
}

/** Makes a call server. Throws a ConfigError that lists all that is wrong with the options. */
export function createCallServer(options: CallServerOptions): CallServer {
  const { files, log: given, clock = systemClock, processMetrics = false, authorize, ...rest } = options;
  const config = checkConfig(rest);
  const log = given ?? createServerLog(config.logLevel);
  const life = new AbortController();
  const allow = createAuthorizer(authorize, log);
  const parts = build({ config, log, clock, files, processMetrics, authorize: allow, signal: life.signal });
  const detach: (() => void)[] = [];
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
      own = createServer();
      detach.push(attachTo(own, parts));
      await startListening(own, config);
      const url = urlOf(config, portOf(own));
      log('info', 'listening', { port: portOf(own), dev: config.dev });
      return url;
    },
    attach: (server) => void detach.push(attachTo(server, parts)),
    close: async () => {
      life.abort();
      const stopped = own?.listening ? stopListening(own) : undefined;
      await Promise.all([...parts.doors.values()].map((sockets) => sockets.stop()));
      detach.splice(0).forEach((end) => end());
      own?.closeAllConnections();
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
  return {
    doors,
    isOwn: isOwnPath,
    request: (incoming, outgoing) =>
      void listener(incoming, outgoing).catch((error: unknown) =>
        log('error', 'request failed', errorFields(error)),
      ),
    upgrade: (path) => {
      const door = doors.get(path);
      return door && ((request, duplex, head) => door.accept(request, duplex, head));
    },
  } satisfies HttpParts & { readonly doors: typeof doors };
}

/** Takes the connections of one path, whatever is spoken on them. */
type Door = Pick<MemberSockets<unknown>, 'accept' | 'stop'>;

async function startListening(server: Server, { port, host, dev }: ServerConfig): Promise<void> {
  // In development mode anybody who reaches the server gets tokens: so only this machine does, unless told otherwise.
  const address = host ?? (dev ? '127.0.0.1' : undefined);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(readable(error, port, address)));
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
