import { Hono } from 'hono';
import { nanoid } from 'nanoid';
import * as v from 'valibot';
import { createCallToken } from './call-tokens.js';
import { requestOrigin } from './client-address.js';
import type { Environment, RouteOptions } from './route-options.js';
import { readBody, sessionIdOf, shortText } from './request-body.js';
import { issuerFor } from './issuers.js';

const guest = v.object({
  uid: v.optional(shortText(100)),
  name: shortText(100),
  avatar: v.optional(v.pipe(v.string(), v.maxLength(2048)), ''),
});

/** What the demo needs and no real server may have: a call token for whoever asks. */
export function devRoutes({ config, metrics }: RouteOptions): Hono<Environment> {
  const app = new Hono<Environment>();
  app.post('/call_tokens', async (context) => {
    const sessionId = await sessionIdOf(context);
    const { uid = `guest-${nanoid(10)}`, name, avatar } = await readBody(context, guest);
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
  return app;
}
