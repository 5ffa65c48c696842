import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import { CallError } from '../../domain/call-error.js';
import { ApiError, type ApiErrorCode } from './api-error.js';
import {
  createAuthToken,
  createCallToken,
  tokenExpired,
  verifyAuthToken,
  verifyCallToken,
} from '../auth/call-tokens.js';
import { requestOrigin } from './client-address.js';
import { secretsEqual } from '../auth/timing-safe-equal.js';
import { issuerFor } from '../auth/issuers.js';
import type { Environment, RouteOptions } from './route-options.js';
import { maxUserBodyBytes, readBody, readJson, sessionIdIn, shortText, shownText } from './request-body.js';
import { shownAvatar, shownName, type TokenUser } from '../../protocol/token-claims.js';
import type { ServerConfig } from '../config/server-config.js';

const userBody = v.object({
  name: v.optional(shownText(shownName)),
  avatar: v.optional(shownText(shownAvatar)),
  role: v.optional(shortText(100)),
});

/** Token routes, compatible with those that CometChat's SDKs and backends call. */
export function tokenRoutes({
  config,
  metrics,
  users,
  acceptsIssuer,
  authorize,
}: RouteOptions): Hono<Environment> {
  const { secret } = config;
  const app = new Hono<Environment>();

  app.post('/users/:uid/auth_tokens', async (context) => {
    checkApiKey(config, context.req.header('apiKey'));
    const uid = context.req.param('uid');
    if (!/^\S{1,100}$/.test(uid)) throw new ApiError('ERR_UID_INVALID');
    const { role, ...naming } = await readBody(context, userBody, maxUserBodyBytes);
    const user = users.update(uid, naming);
    const authToken = await createAuthToken({ secret, user: { ...user, role } });
    metrics.token('auth');
    return context.json({ data: { ...user, authToken, createdAt: Math.floor(Date.now() / 1000) } });
  });

  const bearer = async (context: Context<Environment>): Promise<Bearer> => {
    const { data } = await valid('AUTH_ERR_AUTH_TOKEN_NOT_FOUND', () =>
      verifyAuthToken(context.req.header('authToken') ?? '', secret),
    );
    return { user: users.latestOf(data.user), role: data.role };
  };

  app.get('/me', async (context) => context.json({ data: (await bearer(context)).user }));

  app.post('/call_tokens', async (context) => {
    const { user, role } = await bearer(context);
    const sessionId = sessionIdIn(await readJson(context));
    await allowed(() =>
      authorize({
        action: 'join',
        user: { ...user, ...(role !== undefined && { role }) },
        sessionId,
        targets: [],
      }),
    );
    const issuer = issuerFor(config, requestOrigin(context.env.incoming, config.trustedProxies));
    const token = await createCallToken({ secret, sessionId, user: { ...user, role }, issuer });
    metrics.token('call');
    return context.json({ data: { token, sessionId, user } });
  });

  app.get('/call_tokens', async (context) => {
    const origin = requestOrigin(context.env.incoming, config.trustedProxies);
    const claims = await valid('AUTH_ERR_CALL_TOKEN_NOT_FOUND', async () => {
      const { claims, validity } = await verifyCallToken(
        context.req.header('callToken') ?? '',
        secret,
        (issuer) => acceptsIssuer(issuer, origin),
      );
      if (validity === 'expired') throw tokenExpired();
      return claims;
    });
    const { appId, region } = config;
    return context.json({
      data: {
        settings: {
          PRESENTER_MODE_ENABLED: false,
          WEBRTC_HOST: new URL(issuerFor(config, origin)).host,
          ANALYTICS_HOST: '',
          ANALYTICS_VERSION: '',
        },
        payload: { data: { appId, region, ...claims.data } },
      },
    });
  });

  return app;
}

function checkApiKey({ apiKey }: ServerConfig, received = ''): void {
  if (received === '') throw new ApiError('AUTH_ERR_EMPTY_APIKEY');
  if (apiKey === undefined)
    throw new ApiError('AUTH_ERR_APIKEY_NOT_FOUND', 'This server has no API key: set API_KEY.');
  if (!secretsEqual(received, apiKey)) throw new ApiError('AUTH_ERR_APIKEY_NOT_FOUND');
}

interface Bearer {
  readonly user: TokenUser;
  readonly role: string | undefined;
}

async function allowed(check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    if (!(error instanceof CallError) || error.code !== 'NOT_ALLOWED') throw error;
    throw new ApiError('ERR_NOT_ALLOWED', error.details, { cause: error });
  }
}

/** Converts a TOKEN_ error to an ApiError that names it in `details`. */
async function valid<Claims>(code: ApiErrorCode, verify: () => Promise<Claims>): Promise<Claims> {
  try {
    return await verify();
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    throw new ApiError(
      code,
      { ...(error.details as object | null), code: error.code, message: error.message },
      { cause: error },
    );
  }
}
