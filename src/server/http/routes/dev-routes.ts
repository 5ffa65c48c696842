import { Hono } from 'hono';
import { nanoid } from 'nanoid';
import * as v from 'valibot';
import { createAuthToken, createCallToken } from '../../auth/call-tokens.js';
import { requestOrigin } from '../client-address.js';
import type { Environment, RouteOptions } from './route-options.js';
import {
  checkBody,
  maxUserBodyBytes,
  readBody,
  readJson,
  sessionIdIn,
  shortText,
  normalizedText,
} from '../request-body.js';
import { normalizeAvatar } from '../../../protocol/tokens/token-claims.js';
import { issuerFor } from '../../auth/issuers.js';

const guest = v.object({
  uid: v.optional(shortText(100)),
  name: shortText(100),
  avatar: v.optional(normalizedText(normalizeAvatar)),
});

const person = v.object({
  ...guest.entries,
  uid: v.pipe(v.string(), v.regex(/^\S{1,100}$/)),
});

/** Maximum number of users in the demo's contact list. */
const maxContacts = 100;

/** Routes of the demo, in development mode only: tokens for any client, and a list of users. */
export function devRoutes({ config, metrics, users, isOnline }: RouteOptions): Hono<Environment> {
  const app = new Hono<Environment>();
  app.post('/call_tokens', async (context) => {
    const body = await readJson(context, maxUserBodyBytes);
    const sessionId = sessionIdIn(body);
    const { uid = `guest-${nanoid(10)}`, name, avatar } = checkBody(body, guest);
    const issuer = issuerFor(config, requestOrigin(context.env.incoming, config.trustedProxies));
    const token = await createCallToken({
      secret: config.secret,
      sessionId,
      user: { uid, name, avatar },
      issuer,
    });
    metrics.token('call');
    return context.json({ data: { token } });
  });
  app.post('/auth_tokens', async (context) => {
    const { uid, name, avatar } = await readBody(context, person, maxUserBodyBytes);
    const user = users.update(uid, { name, avatar });
    const authToken = await createAuthToken({ secret: config.secret, user });
    metrics.token('auth');
    return context.json({ data: { ...user, authToken } });
  });
  app.get('/users', async (context) => {
    const contacts = users
      .recent(maxContacts)
      .map(async (user) => ({ ...user, online: await isOnline(user.uid) }));
    return context.json({ data: await Promise.all(contacts) });
  });
  return app;
}
