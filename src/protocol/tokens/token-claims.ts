import { CallError } from '../../domain/call-error.js';
import { bareToken, jwtPayload } from './jwt-payload.js';
import { maxJoinBytes } from '../message-limits.js';

/** `aud` of a call token, which lets its bearer join one session. */
export const callTokenAudience = 'cometchat-call';

/** `aud` of an auth token, which identifies its bearer. */
export const authTokenAudience = 'cometchat-auth';

/** Maximum characters of `data.sessionId` and `data.user.uid`. */
export const maxIdLength = 100;

/** Maximum characters of a name; a longer one is truncated. */
export const maxNameLength = 100;

/** Maximum characters of an avatar URL; a longer one is ignored. */
export const maxAvatarLength = 4096;

export interface TokenUser {
  readonly uid: string;
  /** The uid if the token has no name. */
  readonly name: string;
  /** URL of a picture, or an empty string. */
  readonly avatar: string;
}

/** The validity of a token, in seconds since 1970. */
export interface TokenTimes {
  readonly exp: number;
  readonly nbf?: number;
  readonly iat?: number;
}

/** Payload of a call token (a JSON Web Token, RFC 7519, signed with HS256). */
export interface CallTokenClaims extends TokenTimes {
  readonly data: {
    readonly sessionId: string;
    readonly user: TokenUser;
    /** `data.user.role`: the bearer's role in the call. */
    readonly role?: string;
    /** How many participants the call may have on the mesh, instead of the server's limit. Only servers read it. */
    readonly meshLimit?: number;
  };
  /** URL of the server that issued the token. */
  readonly iss?: string;
  readonly jti?: string;
}

/** Payload of an auth token. */
export interface AuthTokenClaims extends TokenTimes {
  readonly data: { readonly user: TokenUser; readonly role?: string };
}

/**
 * Reads a call token without verifying its signature, which only the server can. Throws TOKEN_MISSING, or
 * TOKEN_MALFORMED naming the invalid claim.
 */
export function readCallToken(token: string): CallTokenClaims {
  const bare = bareToken(token);
  if (bare === '') throw new CallError('TOKEN_MISSING', { message: 'The call token is empty.' });
  if (bare.length > maxJoinBytes)
    // The server would only close the connection.
    throw new CallError('MESSAGE_TOO_LARGE', {
      message: `The token has ${bare.length} characters, more than ${maxJoinBytes}. Does it contain a picture? Use its URL.`,
      details: { maxBytes: maxJoinBytes },
    });
  const payload = bare.split('.').length === 3 ? jwtPayload(bare) : undefined;
  if (typeof payload !== 'object' || payload === null)
    throw malformed('payload', 'it is not a JSON Web Token of three parts');
  return callTokenClaims(payload);
}

/** Validates the payload of a call token. Throws TOKEN_MALFORMED naming the invalid claim. */
export function callTokenClaims(payload: object): CallTokenClaims {
  const { iss, jti } = payload as Claims;
  const { sessionId, ...rest } = dataIn(payload);
  return {
    data: { sessionId: idClaim('data.sessionId', sessionId), ...bearerIn(rest) },
    ...times(payload),
    ...(isPresent(iss) && iss !== '' && { iss: textClaim('iss', iss) }),
    ...(typeof jti === 'string' && { jti }),
  };
}

/** Validates the payload of an auth token. Throws TOKEN_MALFORMED naming the invalid claim. */
export function authTokenClaims(payload: object): AuthTokenClaims {
  return { data: bearerIn(dataIn(payload)), ...times(payload) };
}

/** A user as described by a backend. The uid may be a number; invalid names and avatars are ignored. */
function userClaims(claims: object): TokenUser {
  const { uid: id, name, avatar } = claims as Claims;
  const uid = idClaim('data.user.uid', id);
  return { uid, name: normalizeName(name) || uid, avatar: normalizeAvatar(avatar) };
}

/** Normalizes a name: truncated if too long, empty if it is not text. */
export function normalizeName(value: unknown): string {
  return [...trimText(value)].slice(0, maxNameLength).join('');
}

/** Normalizes an avatar URL: empty if it is too long or not text. */
export function normalizeAvatar(value: unknown): string {
  const avatar = trimText(value);
  return avatar.length > maxAvatarLength ? '' : avatar;
}

type Claims = Readonly<Record<string, unknown>>;

function dataIn(payload: object): Claims {
  return objectClaim('data', (payload as Claims).data);
}

function bearerIn({ user }: Claims): { readonly user: TokenUser; readonly role?: string } {
  const claims = objectClaim('data.user', user);
  return { user: userClaims(claims), ...(typeof claims.role === 'string' && { role: claims.role }) };
}

function times(payload: object): TokenTimes {
  const { exp, nbf, iat } = payload as Claims;
  // A token without expiry could never be revoked.
  if (!isPresent(exp)) throw malformed('exp', 'it is missing');
  return {
    exp: timeClaim('exp', exp),
    ...(isPresent(nbf) && { nbf: timeClaim('nbf', nbf) }),
    ...(isPresent(iat) && { iat: timeClaim('iat', iat) }),
  };
}

/** The year 5138 in seconds; larger values must be milliseconds. */
const latestTime = 1e11;

/** Seconds since 1970. Some libraries write them as text or with a fraction. */
function timeClaim(claim: string, value: unknown): number {
  const isNumeric = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
  const seconds = isNumeric ? Number(value) : NaN;
  if (!Number.isFinite(seconds)) throw malformed(claim, 'it is not a number of seconds since 1970');
  if (Math.abs(seconds) >= latestTime) throw malformed(claim, 'it is in milliseconds, not in seconds');
  return seconds;
}

function idClaim(claim: string, value: unknown): string {
  if (!isPresent(value)) throw malformed(claim, 'it is missing');
  // Beyond the safe range, JSON parses different numbers to the same value: one user would be taken for another.
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value))
    throw malformed(claim, 'it is a number that is too large: write it as text');
  const id = typeof value === 'number' ? String(value) : textClaim(claim, value);
  if (id.trim() === '') throw malformed(claim, 'it is empty');
  if (id.length > maxIdLength) throw malformed(claim, `it is longer than ${maxIdLength} characters`);
  return id;
}

function textClaim(claim: string, value: unknown): string {
  if (typeof value !== 'string') throw malformed(claim, `it is not text but ${kindOf(value)}`);
  return value;
}

function objectClaim(claim: string, value: unknown): Claims {
  if (!isPresent(value)) throw malformed(claim, 'it is missing');
  if (typeof value !== 'object' || Array.isArray(value))
    throw malformed(claim, `it is not an object but ${kindOf(value)}`);
  return value as Claims;
}

/** TOKEN_MALFORMED, naming the claim of a call or auth token. */
export function malformed(claim: string, problem: string, options?: ErrorOptions): CallError {
  const message = `The token is not accepted because of \`${claim}\`: ${problem}.`;
  return new CallError('TOKEN_MALFORMED', { message, details: { claim, problem }, ...options });
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'a list' : typeof value;
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Backends write missing text as `null`, `false`, or an empty list. */
function trimText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
