import * as v from 'valibot';
import { jwtPayload } from './jwt-payload.js';

/** `aud` of a token that lets its bearer join one session. */
export const callTokenAudience = 'cometchat-call';

/** `aud` of a token that says who its bearer is. */
export const authTokenAudience = 'cometchat-auth';

const user = v.object({
  uid: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  name: v.pipe(v.string(), v.maxLength(100)),
  avatar: v.optional(v.pipe(v.string(), v.maxLength(2048)), ''),
});

/** Payload of a call token (a JSON Web Token, RFC 7519, signed with HS256). */
export const callTokenClaims = v.object({
  data: v.object({
    sessionId: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
    user,
  }),
  /** URL of the server that issued it. */
  iss: v.optional(v.string()),
  exp: v.optional(v.number()),
  jti: v.optional(v.string()),
});

/** Payload of an auth token. */
export const authTokenClaims = v.object({ data: v.object({ user }), exp: v.optional(v.number()) });

export type TokenUser = v.InferOutput<typeof user>;
export type CallTokenClaims = v.InferOutput<typeof callTokenClaims>;
export type AuthTokenClaims = v.InferOutput<typeof authTokenClaims>;

/**
 * Reads a call token without checking its signature, which only the server can.
 * Returns `undefined` for anything that is not one.
 */
export function readCallToken(token: string): CallTokenClaims | undefined {
  const result = v.safeParse(callTokenClaims, jwtPayload(token));
  return result.success ? result.output : undefined;
}
