import { errors, jwtVerify, SignJWT, type JWTPayload } from 'jose';
import { nanoid } from 'nanoid';
import * as v from 'valibot';
import { CallError, type CallErrorCode } from '../domain/call-error.js';
import {
  authTokenAudience,
  authTokenClaims,
  callTokenAudience,
  callTokenClaims,
  type AuthTokenClaims,
  type CallTokenClaims,
  type TokenUser,
} from '../protocol/token-claims.js';
import './refusal-words.js';

/** What all tokens are made with. */
export interface TokenOptions {
  /** The server's secret (`CALL_SECRET`). */
  readonly secret: string;
  /** Seconds, or a span like `30m`, `1h`, `7d`. */
  readonly expiresIn?: number | string;
  /** URL of the call server; browsers connect to it when the page names no other. */
  readonly issuer?: string;
}

/** Somebody as the application knows them; without a name the uid is shown. */
export type UserOptions = Pick<TokenUser, 'uid'> & Partial<TokenUser>;

/** A token that lets `user` join one session: the value of the element's `token` attribute. Valid for an hour. */
export async function createCallToken(
  options: TokenOptions & { readonly sessionId: string; readonly user: UserOptions },
): Promise<string> {
  const data = { sessionId: options.sessionId, user: tokenUser(options.user) };
  v.parse(callTokenClaims, { data });
  return signToken({ data }, { expiresIn: '1h', ...options, audience: callTokenAudience });
}

/** A token that says who its bearer is, for `login` and for asking for call tokens. Valid for 30 days. */
export async function createAuthToken(
  options: TokenOptions & { readonly user: UserOptions },
): Promise<string> {
  const data = { user: tokenUser(options.user) };
  v.parse(authTokenClaims, { data });
  return signToken({ data }, { expiresIn: '30d', ...options, audience: authTokenAudience });
}

/** Who a call token lets in, and where. `expired` tells that it once did. */
export interface VerifiedCallToken {
  readonly claims: CallTokenClaims;
  readonly expired: boolean;
}

/** Rejects with one of the TOKEN_ errors; an expired token is for the caller to judge. */
export async function verifyCallToken(
  token: string,
  secret: string,
  acceptsIssuer: (issuer: string) => boolean,
): Promise<VerifiedCallToken> {
  const { payload, expired } = await verifyToken(token, secret, callTokenAudience);
  const claims = claimsOf(callTokenClaims, payload);
  if (claims.iss !== undefined && !acceptsIssuer(claims.iss))
    throw new CallError('TOKEN_ISSUER_INVALID', { details: { issuer: claims.iss.slice(0, 200) } });
  return { claims, expired };
}

/** Rejects with one of the TOKEN_ errors. */
export async function verifyAuthToken(token: string, secret: string): Promise<AuthTokenClaims> {
  const { payload, expired } = await verifyToken(token, secret, authTokenAudience);
  if (expired) throw new CallError('TOKEN_EXPIRED');
  return claimsOf(authTokenClaims, payload);
}

/** Signs what only this server, or another with the same secret, will believe. */
export async function signToken(
  payload: JWTPayload,
  { secret, audience, expiresIn, issuer }: TokenOptions & { readonly audience: string },
): Promise<string> {
  const jwt = new SignJWT(payload)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setAudience(audience)
    .setIssuedAt()
    .setJti(nanoid());
  if (expiresIn !== undefined)
    jwt.setExpirationTime(
      typeof expiresIn === 'number' ? Math.floor(Date.now() / 1000) + expiresIn : expiresIn,
    );
  if (issuer !== undefined) jwt.setIssuer(issuer);
  return jwt.sign(bytes(secret));
}

/** Checks signature and audience; each failure has a code of its own. */
export async function verifyToken(
  token: string,
  secret: string,
  audience: string,
): Promise<{ readonly payload: JWTPayload; readonly expired: boolean }> {
  if (token === '') throw new CallError('TOKEN_MISSING');
  try {
    const { payload } = await jwtVerify(token, bytes(secret), { audience, algorithms: ['HS256'] });
    return { payload, expired: false };
  } catch (error) {
    // jose looks at the time last: what has expired was right in everything else.
    if (error instanceof errors.JWTExpired) return { payload: error.payload, expired: true };
    throw new CallError(codeOf(error), { cause: error });
  }
}

/** The claims, or TOKEN_MALFORMED with what is wrong in `details`. */
export function claimsOf<Schema extends v.GenericSchema>(
  schema: Schema,
  payload: JWTPayload,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, payload);
  if (result.success) return result.output;
  throw new CallError('TOKEN_MALFORMED', { details: { path: v.getDotPath(result.issues[0]) } });
}

function codeOf(error: unknown): CallErrorCode {
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JOSEAlgNotAllowed)
    return 'TOKEN_SIGNATURE_INVALID';
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud')
    return 'TOKEN_AUDIENCE_INVALID';
  return 'TOKEN_MALFORMED';
}

function tokenUser({ uid, name = '', avatar = '' }: UserOptions): TokenUser {
  return { uid, name: name === '' ? uid : name, avatar };
}

function bytes(secret: string): Uint8Array {
  return new TextEncoder().encode(secret);
}
