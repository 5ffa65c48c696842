import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import { CallError } from '../../../domain/call-error.js';
import { ApiError } from '../api-error.js';
import {
  createAuthToken,
  createCallToken,
  tokenExpired,
  verifyCallToken,
  type VerifiedCallToken,
} from '../../auth/call-tokens.js';
import { requestOrigin } from '../client-address.js';
import { checkApiKey, verified, verifiedBearer, type Bearer } from '../credentials.js';
import { issuerFor } from '../../auth/issuers.js';
import type { Environment, RouteOptions } from './route-options.js';
import {
  maxUserBodyBytes,
  readBody,
  readJson,
  sessionIdIn,
  shortText,
  normalizedText,
} from '../request-body.js';
import { normalizeAvatar, normalizeName } from '../../../protocol/tokens/token-claims.js';

const userBody = v.object({
  name: v.optional(normalizedText(normalizeName)),
  avatar: v.optional(normalizedText(normalizeAvatar)),
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

  const bearer = (context: Context<Environment>): Promise<Bearer> =>
    verifiedBearer(context, { config, users });

  app.get('/me', async (context) => context.json({ data: (await bearer(context)).user }));

  app.post('/call_tokens', async (context) => {
    const { user, role } = await bearer(context);
    const sessionId = sessionIdIn(await readJson(context));
    const joining = { ...user, ...(role !== undefined && { role }) };
    await allowed(() => authorize({ action: 'join', user: joining, sessionId, targets: [] }));
    const issuer = issuerFor(config, requestOrigin(context.env.incoming, config.trustedProxies));
    const token = await createCallToken({ secret, sessionId, user: { ...user, role }, issuer });
    metrics.token('call');
    return context.json({ data: { token, sessionId, user } });
  });

  app.get('/call_tokens', async (context) => {
    const origin = requestOrigin(context.env.incoming, config.trustedProxies);
    const claims = await verified('AUTH_ERR_CALL_TOKEN_NOT_FOUND', () =>
      unexpiredClaims(context.req.header('callToken'), secret, (issuer) => acceptsIssuer(issuer, origin)),
    );
    const { appId, region } = config;
    return context.json({
      data: {
        settings: sdkSettings(new URL(issuerFor(config, origin)).host),
        payload: { data: { appId, region, ...claims.data } },
      },
    });
  });

  return app;
}

/** The settings that CometChat's SDKs expect with a call token. */
function sdkSettings(host: string) {
  return { PRESENTER_MODE_ENABLED: true, WEBRTC_HOST: host, ANALYTICS_HOST: '', ANALYTICS_VERSION: '' };
}

/** Rejects with a TOKEN_ error. A call token stays valid for rejoining after its expiry, but not here. */
async function unexpiredClaims(
  token: string | undefined,
  secret: string,
  accepts: (issuer: string) => boolean,
): Promise<VerifiedCallToken['claims']> {
  const { claims, validity } = await verifyCallToken(token ?? '', secret, accepts);
  if (validity === 'expired') throw tokenExpired();
  return claims;
}

async function allowed(check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    if (!(error instanceof CallError) || error.code !== 'NOT_ALLOWED') throw error;
    throw new ApiError('ERR_NOT_ALLOWED', error.details, { cause: error });
  }
}
