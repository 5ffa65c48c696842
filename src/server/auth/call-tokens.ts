import { compactVerify, errors, SignJWT, type JWTPayload } from 'jose';
import { nanoid } from 'nanoid';
import { CallError } from '../../domain/call-error.js';
import { bareToken } from '../../protocol/tokens/jwt-payload.js';
import { serverUrl } from '../../protocol/server-url.js';
import {
  authTokenAudience,
  authTokenClaims,
  callTokenAudience,
  callTokenClaims,
  malformed,
  type AuthTokenClaims,
  type CallTokenClaims,
  type TokenUser,
} from '../../protocol/tokens/token-claims.js';
import '../connections/error-messages.js';
import { lifetimeOf } from './token-lifetime.js';
import { validityOf, type Validity } from './token-validity.js';

/** Options of every token. */
export interface TokenOptions {
  /** The server's secret (`CALL_SECRET`), at least 32 bytes. */
  readonly secret: string;
  /** Lifetime: seconds, or a span such as `30m`, `1h`, `7d`. Default: `1h` for call tokens, `30d` for auth tokens. */
  readonly expiresIn?: number | string | undefined;
  /** URL of the call server (`iss`). Browsers connect to it when the page configures no server. */
  readonly issuer?: string | null | undefined;
}

/** A user of the application. Without `name`, the uid is shown. */
export interface UserOptions {
  /** The id of the user in the application. */
  readonly uid: string | number;
  /** The name that is shown. Default: the uid. */
  readonly name?: string | null | undefined;
  /** URL of a picture, at most 4096 characters; a longer one is ignored. */
  readonly avatar?: string | null | undefined;
  /** Role in the call: `moderator`, `participant`, or a custom role that `authorize` evaluates. */
  readonly role?: string | undefined;
}

interface CallOptions {
  readonly sessionId: string | number;
  readonly user: UserOptions;
  /**
   * How many participants the call may have on the mesh, instead of the server's `MESH_LIMIT`; 0: it is on the SFU from the first one on.
   * The latest join with one decides.
   */
  readonly meshLimit?: number | undefined;
}

/**
 * Creates a token that lets `user` join one session: the value of the element's `token` attribute. Valid for one hour
 * by default. Rejects with INVALID_ARGUMENT, naming the argument, if the secret is missing or shorter than 32 bytes,
 * or if the user, the session, the lifetime or the issuer is invalid.
 */
export async function createCallToken({
  sessionId,
  user,
  meshLimit,
  ...options
}: TokenOptions & CallOptions): Promise<string> {
  const kind = { audience: callTokenAudience, span: '1h', check: policyClaims };
  return signChecked({ sessionId, user, meshLimit }, options, kind);
}

/**
 * Creates a token that identifies a user, for `login` and for requesting call tokens. Valid for 30 days by default.
 * Rejects like `createCallToken`.
 */
export async function createAuthToken({
  user,
  ...options
}: TokenOptions & { readonly user: UserOptions }): Promise<string> {
  return signChecked({ user }, options, { audience: authTokenAudience, span: '30d', check: authTokenClaims });
}

/** The claims of a call token, and whether it has expired. */
export interface VerifiedCallToken {
  readonly claims: CallTokenClaims;
  readonly validity: Validity;
}

/**
 * Verifies a call token. Rejects with a TOKEN_ error. Expiry is only reported in `validity`: callers decide what an
 * expired token is still accepted for.
 */
export async function verifyCallToken(
  token: string,
  secret: string,
  acceptsIssuer: (issuer: string) => boolean,
  now = Date.now(),
): Promise<VerifiedCallToken> {
  const payload = await verifySignature(token, secret);
  // Backends that sign their own tokens often omit `aud`. The other tokens signed here always have one.
  if (!isMissing(payload.aud)) checkAudience(payload, callTokenAudience);
  const claims = policyClaims(payload);
  if (claims.iss !== undefined && !acceptsIssuer(claims.iss))
    throw new CallError('TOKEN_ISSUER_INVALID', {
      details: { claim: 'iss', issuer: claims.iss.slice(0, 200) },
    });
  return { claims, validity: validityOf(claims, now) };
}

/** Validates the payload of a call token with what only servers read. */
function policyClaims(payload: object): CallTokenClaims {
  const claims = callTokenClaims(payload);
  const { meshLimit } = (payload as { readonly data: { readonly meshLimit?: unknown } }).data;
  if (meshLimit === undefined || meshLimit === null) return claims;
  if (typeof meshLimit !== 'number' || !Number.isInteger(meshLimit) || meshLimit < 0 || meshLimit > 100)
    throw malformed('data.meshLimit', 'it is not a whole number from 0 to 100');
  return { ...claims, data: { ...claims.data, meshLimit } };
}

/** Verifies an auth token. Rejects with a TOKEN_ error, TOKEN_EXPIRED included. */
export async function verifyAuthToken(
  token: string,
  secret: string,
  now = Date.now(),
): Promise<AuthTokenClaims> {
  const claims = authTokenClaims(await verifyToken(token, secret, authTokenAudience));
  if (validityOf(claims, now) === 'expired') throw tokenExpired();
  return claims;
}

export function tokenExpired(): CallError {
  return new CallError('TOKEN_EXPIRED', { details: { claim: 'exp' } });
}

/** Signs a token that this server, and others with the same secret, accept. */
export async function signToken(
  payload: JWTPayload,
  { secret, audience, expiresIn, issuer }: TokenOptions & { readonly audience: string },
): Promise<string> {
  const jwt = new SignJWT(payload)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setAudience(audience)
    .setIssuedAt()
    .setJti(nanoid());
  if (expiresIn !== undefined) jwt.setExpirationTime(Math.floor(Date.now() / 1000) + lifetimeOf(expiresIn));
  if (issuer !== undefined && issuer !== null) jwt.setIssuer(issuerUrl(issuer));
  return jwt.sign(bytes(secret));
}

/** The payload of a token that was signed with this secret for this audience. Does not check expiry. */
export async function verifyToken(token: string, secret: string, audience: string): Promise<JWTPayload> {
  const payload = await verifySignature(token, secret);
  checkAudience(payload, audience);
  return payload;
}

async function verifySignature(token: string, secret: string): Promise<JWTPayload> {
  const bare = bareToken(token);
  if (bare === '') throw new CallError('TOKEN_MISSING');
  try {
    const { payload } = await compactVerify(bare, bytes(secret), { algorithms: ['HS256'] });
    const claims: unknown = JSON.parse(new TextDecoder().decode(payload));
    if (typeof claims !== 'object' || claims === null) throw new TypeError('The payload is not an object.');
    return claims as JWTPayload;
  } catch (error) {
    throw refusalOf(error, { cause: error });
  }
}

function refusalOf(error: unknown, options: ErrorOptions): CallError {
  if (error instanceof errors.JOSEAlgNotAllowed)
    return new CallError('TOKEN_SIGNATURE_INVALID', {
      message: 'The token is not signed with HS256.',
      details: { claim: 'alg', expected: 'HS256' },
      ...options,
    });
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return new CallError('TOKEN_SIGNATURE_INVALID', { details: { claim: 'signature' }, ...options });
  return malformed('payload', 'it is not JSON in base64url between two dots', options);
}

function checkAudience({ aud }: JWTPayload, expected: string): void {
  if (Array.isArray(aud) ? aud.includes(expected) : aud === expected) return;
  throw new CallError('TOKEN_AUDIENCE_INVALID', { details: { claim: 'aud', expected } });
}

function isMissing(aud: unknown): boolean {
  return aud === undefined || aud === null || aud === '' || (Array.isArray(aud) && aud.length === 0);
}

interface TokenKind {
  readonly audience: string;
  /** Lifetime unless `expiresIn` is given. */
  readonly span: string;
  /** Throws for claims that the server would reject. */
  readonly check: (payload: object) => {
    readonly data: { readonly user: TokenUser; readonly role?: string };
  };
}

/** Rejects with INVALID_ARGUMENT for a token that no server would accept. */
async function signChecked(
  data: object,
  { secret, expiresIn, issuer }: TokenOptions,
  { audience, span, check }: TokenKind,
): Promise<string> {
  if (typeof secret !== 'string' || bytes(secret.trim()).length < 32)
    throw new CallError('INVALID_ARGUMENT', {
      message: 'The secret that signs a token is the CALL_SECRET of the call server: at least 32 bytes.',
      details: { argument: 'secret' },
    });
  try {
    const { role, user, ...rest } = check({ data, exp: 0 }).data;
    const claims = { ...rest, user: { ...user, ...(role !== undefined && { role }) } };
    return await signToken({ data: claims }, { secret, audience, issuer, expiresIn: expiresIn ?? span });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new CallError('INVALID_ARGUMENT', { message, details: (cause as CallError).details, cause });
  }
}

/** Throws INVALID_ARGUMENT for what is no URL: no server would accept the token. */
function issuerUrl(issuer: string): string {
  try {
    return serverUrl(issuer);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CallError('INVALID_ARGUMENT', {
      message: `issuer must be the URL of the call server. ${reason}`,
      details: { argument: 'issuer' },
      cause,
    });
  }
}

function bytes(secret: string): Uint8Array {
  return new TextEncoder().encode(secret);
}
