import { Hono, type Context } from 'hono';
import { cors } from 'hono/cors';
import { ApiError, apiFailures } from '../api-error.js';
import { callRoutes } from './call-routes.js';
import { clientAddress } from '../client-address.js';
import { devRoutes } from './dev-routes.js';
import { secretsEqual } from '../../auth/timing-safe-equal.js';
import type { Environment, RouteOptions } from './route-options.js';
import type { ServerConfig } from '../../config/server-config.js';
import { errorFields } from '../../monitoring/server-log.js';
import type { Metrics } from '../../monitoring/metrics.js';
import { tokenRoutes } from './token-routes.js';

/**
 * Paths that applications commonly use too: on an application's server they belong to the call server only below a
 * base path.
 */
const commonPaths = ['/healthz', '/readyz', '/metrics'];

/** Returns a test for the paths of the call server: its routes, and `sockets`. */
export function ownPaths(
  { routes }: Hono<Environment>,
  sockets: Iterable<string>,
): (path: string, base: string) => boolean {
  const exact = routes.filter(({ method, path }) => method !== 'ALL' && !path.includes('*'));
  const patterns = [...exact.map(({ path }) => path), ...sockets].map(
    (path) => new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:[^/]+/g, '[^/]+')}$`),
  );
  return (path, base) =>
    patterns.some((pattern) => pattern.test(path)) && (base !== '' || !commonPaths.includes(path));
}

/** Paths where demo files are not served. */
const reserved = /^\/(v3(\.\d+)?\/|dev\/|signal$|ring$)/;

/** All HTTP routes of the server. */
export function httpRoutes(options: RouteOptions): Hono<Environment> {
  const { config, limits, metrics, files, isReady } = options;
  const app = new Hono<Environment>();
  app.onError((error, context) => handleError(error, context, options));
  app.notFound((context) => errorResponse(context, new ApiError('ERR_NOT_FOUND'), metrics));

  // Any origin is allowed: the routes are protected by tokens and keys, which browsers do not attach automatically.
  const crossOrigin = cors({
    origin: config.allowedOrigins.length === 0 ? '*' : [...config.allowedOrigins],
    allowHeaders: ['authToken', 'callToken', 'apiKey', 'content-type', 'accept', 'appId', 'sdk'],
    allowMethods: ['GET', 'POST'],
    maxAge: 7200,
  });
  // Pages that cannot open a WebSocket request `/healthz` to find out why.
  for (const path of ['/v3/*', '/v3.0/*', '/healthz']) app.use(path, crossOrigin);
  for (const path of ['/v3/*', '/v3.0/*', '/dev/*', '/metrics'])
    app.use(path, async (context, next) => {
      const address = clientAddress(context.env.incoming, config.trustedProxies);
      if (!(await limits.request(address))) throw new ApiError('ERR_TOO_MANY_REQUESTS');
      await next();
    });

  app.get('/healthz', (context) => context.json({ status: 'ok' }));
  app.get('/readyz', (context) =>
    isReady() ? context.json({ status: 'ready' }) : context.json({ status: 'unavailable' }, 503),
  );
  app.get('/metrics', async (context) => {
    checkMetricsToken(config, context.req.header('authorization'));
    const { text, contentType } = await metrics.render();
    return context.text(text, 200, { 'content-type': contentType });
  });
  const [tokens, calls] = [tokenRoutes(options), callRoutes(options)];
  for (const version of ['/v3', '/v3.0']) app.route(version, tokens).route(version, calls);
  if (config.dev) app.route('/dev', devRoutes(options));
  if (files)
    app.get('*', (context, next) =>
      reserved.test(context.req.path) ? next() : files.serve(context.req.raw),
    );
  return app;
}

function checkMetricsToken(
  { metricsToken, metricsOpen, dev }: ServerConfig,
  authorization: string | undefined,
): void {
  if (metricsToken === undefined) {
    if (!metricsOpen && !dev)
      throw new ApiError('ERR_METRICS_TOKEN', 'This server has no METRICS_TOKEN: set it, or METRICS_OPEN=1.');
  } else if (!secretsEqual(authorization, `Bearer ${metricsToken}`)) throw new ApiError('ERR_METRICS_TOKEN');
}

function handleError(error: Error, context: Context<Environment>, { log, metrics }: RouteOptions): Response {
  if (error instanceof ApiError) {
    if (error.code === 'ERR_CALL_HISTORY_UNAVAILABLE')
      log('error', 'history cannot be read', errorFields(error.cause));
    return errorResponse(context, error, metrics);
  }
  log('error', 'request failed', errorFields(error));
  return errorResponse(context, new ApiError('ERR_INTERNAL_SERVER_ERROR'), metrics);
}

function errorResponse(
  context: Context<Environment>,
  { code, message, details }: ApiError,
  metrics: Pick<Metrics, 'failure'>,
): Response {
  metrics.failure(code);
  return context.json({ error: { code, message, details } }, apiFailures[code].status);
}
