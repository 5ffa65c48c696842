import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { parseClientMessage } from '../protocol/parse-message.js';
import { attachToServer, type HttpHandlers } from './http/http-attach.js';
import { createAuthorizer, type Authorize, type Authorizer } from './auth/authorization.js';
import { clientAddress, untrustedHeaders } from './http/client-address.js';
import { answerClientError, maxHeaderSize } from './client-error.js';
import { systemClock, type Clock } from './limits/deadline-queue.js';
import { httpRoutes, ownPaths } from './http/http-routes.js';
import { acceptsIssuer } from './auth/issuers.js';
import { WebSocketEndpoint } from './connections/websocket-endpoint.js';
import { createMetrics } from './monitoring/metrics.js';
import { createRateLimits } from './limits/rate-limits.js';
import { createRingEndpoint } from './rings/ring-endpoint.js';
import { DeviceRegistry } from './rings/device-registry.js';
import { MemoryRingStore } from './rings/ring-store.js';
import { MemoryRoomStore } from './rooms/room-store.js';
import { checkConfig, ConfigError, type ServerConfig } from './config/server-config.js';
import { createServerLog, errorFields, type ServerLog } from './monitoring/server-log.js';
import type { ServerOptions } from './config/server-options.js';
import { createStaticFiles } from './http/static-files.js';
import { RoomService } from './rooms/room-service.js';
import { UserDirectory } from './auth/user-directory.js';

/** Options of `createCallServer`. Only `secret` is required, and not even that with `dev`. */
export type CallServerOptions = ServerOptions & {
  /** Folders to serve in development mode, by URL path: `{ '/': 'demo', '/dist': 'dist' }`. */
  readonly files?: Readonly<Record<string, string>>;
  /** Receives the events of the server. Default: JSON lines on standard error. */
  readonly log?: ServerLog;
  readonly clock?: Clock;
  /**
   * Called before a user gets a token for a session or joins it, mutes another participant, ends the session for all,
   * or rings users. If it is omitted or returns `undefined`, the role in the token decides.
   */
  readonly authorize?: Authorize;
  /** Also exports metrics of this process: memory, event loop and garbage collection. Default: `false`. */
  readonly processMetrics?: boolean;
};

/** A call server: signalling, tokens, health and metrics. */
export interface CallServer {
  /** Its URL. Throws before `listen` has resolved. */
  readonly url: string;
  readonly port: number;
  /** The secrets that were missing and have been generated (development mode only). */
  readonly generated: readonly string[];
  /**
   * Starts an HTTP server; resolves with its URL. Rejects with a ConfigError if the address or port cannot be used.
   */
  listen(): Promise<string>;
  /**
   * Serves the paths of the call server on the application's HTTP server; all other paths remain with the
   * application. The order in which the two are attached does not matter. Returns a function that detaches it;
   * `close` does that too. The application's server limits the size of request headers: set its `maxHeaderSize` if
   * your tokens are long.
   */
  attach(server: Server, options?: AttachOptions): () => void;
  /** Closes all connections with SERVER_STOPPING, detaches from all servers, and stops listening. */
  close(): Promise<void>;
}

/** Options of `attach`. */
export interface AttachOptions {
  /**
   * The path below which the call server is mounted, e.g. `/calls`, including `/healthz` and `/metrics`. By default
   * its paths are at the root (and below the paths of `publicUrls`), and `/healthz` and `/metrics` remain with the
   * application.
   */
  readonly basePath?: string;
}

/** Creates a call server. Throws a ConfigError that lists all problems of the options. */
export function createCallServer(options: CallServerOptions): CallServer {
  const {
    files,
    log: customLog,
    clock = systemClock,
    processMetrics = false,
    authorize,
    ...settings
  } = options;
  const config = checkConfig(settings);
  const log = customLog ?? createServerLog(config.logLevel);
  const lifetime = new AbortController();
  const allow = createAuthorizer(authorize, log);
  const handlers = build({
    config,
    log,
    clock,
    files,
    processMetrics,
    authorize: allow,
    signal: lifetime.signal,
  });
  const attached = new Map<Server, () => void>();
  const publicBases = basesOf(config);
  const ownSockets = new Set<Socket>();
  let httpServer: Server | undefined;

  return {
    generated: config.generated,
    get url() {
      return urlOf(config, portOf(httpServer));
    },
    get port() {
      return portOf(httpServer);
    },
    listen: async () => {
      httpServer = createServer({ maxHeaderSize });
      httpServer.on('clientError', answerClientError);
      attached.set(httpServer, attachToServer(httpServer, handlers, publicBases));
      httpServer.on('connection', (socket: Socket) => {
        ownSockets.add(socket);
        socket.on('close', () => ownSockets.delete(socket));
      });
      await startListening(httpServer, config);
      const url = urlOf(config, portOf(httpServer));
      log('info', 'listening', { port: portOf(httpServer), dev: config.dev });
      return url;
    },
    attach: (server, { basePath } = {}) => {
      attached.get(server)?.();
      const detach = attachToServer(
        server,
        handlers,
        basePath === undefined ? publicBases : [cleanBase(basePath)],
      );
      attached.set(server, detach);
      return detach;
    },
    close: async () => {
      lifetime.abort();
      const stopped = httpServer?.listening ? stopListening(httpServer) : undefined;
      await Promise.all([...handlers.endpoints.values()].map((endpoint) => endpoint.stop()));
      attached.forEach((detach) => detach());
      attached.clear();
      // Includes those that Node no longer tracks as HTTP connections: upgraded or half-open ones.
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
      connections: () => roomEndpoint.size + ringEndpoint.size,
      rooms: () => store.size().rooms,
      participants: () => store.size().participants,
    },
    { process: processMetrics },
  );
  const accepts = (issuer: string, origin: string): boolean => acceptsIssuer(config, issuer, origin);
  const users = new UserDirectory();
  const shared = { config, log, metrics, users, acceptsIssuer: accepts, authorize };
  const roomService = new RoomService({ ...shared, store, clock, signal });
  const roomEndpoint = new WebSocketEndpoint({
    config,
    limits,
    clock,
    handlers: {
      parse: parseClientMessage,
      receive: (connection, message) => roomService.receive(connection, message),
      disconnected: (connection) => roomService.disconnected(connection),
      isJoined: (connection) => roomService.isJoined(connection),
      onError: ({ code }) => metrics.failure(code),
    },
  });
  const devices = new DeviceRegistry();
  const ringEndpoint = createRingEndpoint({
    ...{ config, limits, clock, metrics, log, devices, authorize, signal },
    store: new MemoryRingStore(),
    userOf: (known) => users.latestOf(known),
    uidsInSession: (sessionId) => store.peek(sessionId)?.participants.map(({ uid }) => uid) ?? [],
  });
  const endpoints = new Map<string, Endpoint>([
    ['/signal', roomEndpoint],
    ['/ring', ringEndpoint],
  ]);
  const staticFiles = config.dev && files ? createStaticFiles(files) : undefined;
  const isOnline = (uid: string): boolean => devices.count(uid) > 0;
  const app = httpRoutes({ ...shared, isOnline, limits, files: staticFiles });
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const warn = proxyWarning(config, log);
  return {
    endpoints,
    matches: ownPaths(app, endpoints.keys()),
    request: (incoming, outgoing) => {
      warn(incoming);
      void listener(incoming, outgoing).catch((error: unknown) =>
        log('error', 'request failed', errorFields(error)),
      );
    },
    upgrade: (path) => {
      const endpoint = endpoints.get(path);
      return (
        endpoint &&
        ((request, duplex, head) => {
          warn(request);
          endpoint.accept(request, duplex, head);
        })
      );
    },
    countRefusal: (incoming) => limits.connection(clientAddress(incoming, config.trustedProxies)),
  } satisfies HttpHandlers & { readonly endpoints: typeof endpoints };
}

/** The endpoint of one path, for any type of message. */
type Endpoint = Pick<WebSocketEndpoint<unknown>, 'accept' | 'stop'>;

/** Warns once if a proxy sends headers that the server ignores. */
function proxyWarning({ trustedProxies }: ServerConfig, log: ServerLog): (incoming: IncomingMessage) => void {
  let hasWarned = false;
  return (incoming) => {
    const headers = hasWarned ? [] : untrustedHeaders(incoming, trustedProxies);
    if (headers.length === 0) return;
    hasWarned = true;
    log('warn', 'forwarded headers ignored: no proxy is trusted', {
      headers: headers.join(', '),
      remedy:
        'If your own proxy sends them, set TRUSTED_PROXIES (option trustedProxies) to the number of proxies.',
    });
  };
}

/** A proxy may keep the path of the public URL or strip it; both are supported. */
function basesOf({ publicUrls }: ServerConfig): readonly string[] {
  const paths = publicUrls.map((url) => cleanBase(new URL(url).pathname));
  return [...new Set([...paths, ''])].sort((a, b) => b.length - a.length);
}

function cleanBase(path: string): string {
  const trimmed = path.trim().replace(/^\/+|\/+$/g, '');
  return trimmed === '' ? '' : `/${trimmed}`;
}

async function startListening(server: Server, { port, host, dev }: ServerConfig): Promise<void> {
  // In development mode, anyone who reaches the server gets tokens. Only this host does, unless `host` is set.
  const address = host ?? (dev ? '127.0.0.1' : undefined);
  await new Promise<void>((resolve, reject) => {
    // Remains registered, so that a later failure to accept a connection does not end the process.
    server.on('error', (error: NodeJS.ErrnoException) => reject(readableError(error, port, address)));
    server.listen({ port, ...(address !== undefined && { host: address }) }, resolve);
  });
}

function readableError(error: NodeJS.ErrnoException, port: number, host = ''): Error {
  if (error.code === 'EADDRINUSE')
    return new ConfigError([`Port ${port} is in use. Choose another with --port ${port + 1} or PORT.`]);
  if (error.code === 'EACCES')
    return new ConfigError([
      `Port ${port} requires elevated privileges. Choose one above 1023 with --port 3000 or PORT.`,
    ]);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return new ConfigError([`${host} is not an address of this host (--host or HOST).`]);
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
  const isWildcard = ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(host);
  const name = isWildcard ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
