import type { IncomingMessage, Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { readEarlyJoin } from '../protocol/early-join.js';
import { parseClientMessage } from '../protocol/parse-message.js';
import { attachToServer, type HttpHandlers } from './http/http-attach.js';
import { createAuthorizer, type Authorize, type Authorizer } from './auth/authorization.js';
import { clientAddress, untrustedHeaders } from './http/client-address.js';
import { createHttpListener } from './http/http-listener.js';
import { systemClock, type Clock } from './limits/deadline-queue.js';
import { httpRoutes, ownPaths } from './http/routes/http-routes.js';
import { acceptsIssuer } from './auth/issuers.js';
import { WebSocketEndpoint } from './connections/websocket-endpoint.js';
import { createCallHistory } from './history/call-history.js';
import { noRecorder } from './history/history-recorder.js';
import { createMetrics, type Metrics } from './monitoring/metrics.js';
import { createRateLimits, type RateLimits } from './limits/rate-limits.js';
import { createRingEndpoint } from './rings/ring-endpoint.js';
import { hasLiveCall } from './rings/ring-store.js';
import { checkConfig, ConfigError, type ServerConfig } from './config/server-config.js';
import { createServerLog, errorFields, type ServerLog } from './monitoring/server-log.js';
import { variables, type ServerOptions } from './config/server-options.js';
import { createStaticFiles } from './http/static-files.js';
import { RoomService } from './rooms/room-service.js';
import { LiveKitRooms } from './rooms/transport/livekit-rooms.js';
import { createStores, type Stores } from './stores.js';

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
  /** The port it listens on. Throws before `listen` has resolved. */
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
  const handlers = build({
    ...{ config, log, clock, files, processMetrics },
    authorize: createAuthorizer(authorize, log),
    signal: lifetime.signal,
  });
  const attached = new Map<Server, () => void>();
  const publicBases = basesOf(config);
  const listener = createHttpListener(config, () => handlers.metrics.failure('RATE_LIMITED'));
  const attach = (server: Server, bases: readonly string[]): (() => void) => {
    attached.get(server)?.();
    const detach = attachToServer(server, handlers, bases);
    attached.set(server, detach);
    return detach;
  };
  return {
    generated: config.generated,
    get url() {
      return listener.url;
    },
    get port() {
      return listener.port;
    },
    listen: async () => {
      await connect(handlers.stores, config);
      await listener.listen((server) => attach(server, publicBases));
      log('info', 'listening', { port: listener.port, dev: config.dev });
      return listener.url;
    },
    attach: (server, { basePath } = {}) => {
      handlers.stores
        .start()
        .catch((error: unknown) => log('error', 'Redis cannot be reached', errorFields(error)));
      return attach(server, basePath === undefined ? publicBases : [cleanBase(basePath)]);
    },
    close: async () => {
      lifetime.abort();
      const { closed, destroySockets } = listener.close();
      await Promise.all([...handlers.endpoints.values()].map((endpoint) => endpoint.stop()));
      attached.forEach((detach) => detach());
      attached.clear();
      const saved = handlers.stores.close().then(() => handlers.history?.close());
      await saved.finally(destroySockets);
      await closed;
      log('info', 'stopped');
    },
  };
}

/** Rejects with a ConfigError if the shared state cannot be reached. */
async function connect(stores: Stores, { redisUrl }: ServerConfig): Promise<void> {
  try {
    await stores.start();
  } catch (error) {
    await stores.close();
    const { message } = error as Error;
    throw new ConfigError([
      `${variables.redisUrl} (option redisUrl): Redis at ${new URL(redisUrl ?? '').host} cannot be used: ${message.replace(/\.$/, '')}.`,
    ]);
  }
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
  const stores = createStores({ config, clock, log, metrics: () => metrics });
  const { rooms, rings, devices, users } = stores;
  const metrics = createMetrics(
    {
      connections: () => roomEndpoint.size + ringEndpoint.size,
      rooms: () => rooms.size().rooms,
      participants: () => rooms.size().participants,
      historyPending: () => history?.pending ?? 0,
      ...(config.redisUrl !== undefined && { redisUp: () => stores.isReady() }),
    },
    { process: processMetrics },
  );
  const accepts = (issuer: string, origin: string): boolean => acceptsIssuer(config, issuer, origin);
  const shared = { config, log, metrics, users, acceptsIssuer: accepts, authorize };
  const history = createCallHistory({
    ...{ config, log, metrics, clock, signal },
    isLive: async ({ callId, sessionId }) =>
      (await rooms.read(sessionId))?.call?.callId === callId || (await hasLiveCall(rings, sessionId)),
  });
  const recorder = { history: history ?? noRecorder };
  const { usedTokens, newConnectionId } = stores;
  const { livekit } = config;
  const liveKit = livekit && new LiveKitRooms({ livekit, log, signal });
  const rights = { ...shared, ...recorder, liveKit };
  const roomService = new RoomService({ ...rights, store: rooms, usedTokens, clock, signal });
  const sockets = { config, limits, clock, newConnectionId };
  const roomEndpoint = new WebSocketEndpoint({
    ...sockets,
    handlers: {
      parse: parseClientMessage,
      sendsPings: true,
      messageIn: (headers) => readEarlyJoin(headers['sec-websocket-protocol']),
      receive: (connection, message, text) => roomService.receive(connection, message, text),
      disconnected: (connection) => roomService.disconnected(connection),
      isJoined: (connection) => roomService.isJoined(connection),
      onError: ({ code }) => metrics.failure(code),
    },
  });
  const ringEndpoint = createRingEndpoint({
    ...{ ...sockets, metrics, log, devices, authorize, signal, ...recorder },
    store: rings,
    presence: stores.presence,
    userOf: (known) => users.latestOf(known),
    uidsInSession: async (sessionId) =>
      (await rooms.read(sessionId))?.participants.map(({ uid }) => uid) ?? [],
  });
  const endpoints = new Map<string, Endpoint>([
    ['/signal', roomEndpoint],
    ['/ring', ringEndpoint],
  ]);
  const staticFiles = config.dev && files ? createStaticFiles(files) : undefined;
  const isOnline = (uid: string): Promise<boolean> => stores.presence.isOnline(uid);
  const isReady = (): boolean => stores.isReady();
  const app = httpRoutes({ ...shared, isOnline, isReady, limits, history, files: staticFiles });
  return { ...httpHandlers({ config, log, limits, endpoints, app, metrics }), history, stores, metrics };
}

interface HttpHandlersOptions {
  readonly config: ServerConfig;
  readonly log: ServerLog;
  readonly limits: RateLimits;
  readonly endpoints: ReadonlyMap<string, Endpoint>;
  readonly app: ReturnType<typeof httpRoutes>;
  readonly metrics: Metrics;
}

/** Leads requests to the routes and upgrades to the endpoints. */
function httpHandlers({ config, log, limits, endpoints, app, metrics }: HttpHandlersOptions) {
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
    countRefusal: async (incoming) => {
      const isWithin = await limits.connection(clientAddress(incoming, config.trustedProxies));
      metrics.failure(isWithin ? 'ERR_NOT_FOUND' : 'ERR_TOO_MANY_REQUESTS');
      return isWithin;
    },
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
