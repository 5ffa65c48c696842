import { CallError } from '../domain/call-error.js';
import { bareToken, jwtPayload } from './jwt-payload.js';

/** `aud` of a token that lets its bearer join one session. */
export const callTokenAudience = 'cometchat-call';

/** `aud` of a token that says who its bearer is. */
export const authTokenAudience = 'cometchat-auth';

/** Characters of `data.sessionId` and `data.user.uid`. */
export const maxIdLength = 100;

/** Characters of a name; a longer one is cut. */
export const maxNameLength = 100;

/** Characters of a picture's address. With a longer one, its owner is shown without a picture. */
export const maxAvatarLength = 4096;

export interface TokenUser {
  readonly uid: string;
  /** The uid where the token names none. */
  readonly name: string;
  /** URL of a picture, or empty. */
  readonly avatar: string;
}

/** When a token is valid, in seconds since 1970. */
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
    /** `data.user.role`: what its bearer may do in the call. */
    readonly role?: string;
  };
  /** URL of the server that issued it. */
  readonly iss?: string;
  readonly jti?: string;
}

/** Payload of an auth token. */
export interface AuthTokenClaims extends TokenTimes {
  readonly data: { readonly user: TokenUser; readonly role?: string };
}

/**
 * Reads a call token without checking its signature, which only the server can. Throws TOKEN_MISSING, or TOKEN_MALFORMED
 * with the claim that is wrong.
 */
export function readCallToken(token: string): CallTokenClaims {
  const bare = bareToken(token);
  if (bare === '') throw new CallError('TOKEN_MISSING', { message: 'The call token is empty.' });
  const payload = bare.split('.').length === 3 ? jwtPayload(bare) : undefined;
  if (typeof payload !== 'object' || payload === null)
    throw malformed('payload', 'it is not a JSON Web Token of three parts');
  return callTokenClaims(payload);
}

/** Throws TOKEN_MALFORMED with the claim that is wrong. */
export function callTokenClaims(payload: object): CallTokenClaims {
  const { iss, jti } = payload as Claims;
  const { sessionId, ...rest } = dataIn(payload);
  return {
    data: { sessionId: idClaim('data.sessionId', sessionId), ...bearerIn(rest) },
    ...times(payload),
    ...(isGiven(iss) && { iss: textClaim('iss', iss) }),
    ...(typeof jti === 'string' && { jti }),
  };
}

/** Throws TOKEN_MALFORMED with the claim that is wrong. */
export function authTokenClaims(payload: object): AuthTokenClaims {
  return { data: bearerIn(dataIn(payload)), ...times(payload) };
}

/** A user as backends describe them; ids may be numbers, and what is only shown may be anything or missing. */
function userClaims(given: object): TokenUser {
  const { uid: id, name, avatar } = given as Claims;
  const uid = idClaim('data.user.uid', id);
  return { uid, name: shownName(name) || uid, avatar: shownAvatar(avatar) };
}

/** A name as it is shown: empty for what is none, and not too long. */
export function shownName(given: unknown): string {
  return [...shown(given)].slice(0, maxNameLength).join('');
}

/** A picture's address as it is used: empty for what is none. */
export function shownAvatar(given: unknown): string {
  const avatar = shown(given);
  return avatar.length > maxAvatarLength ? '' : avatar;
}

type Claims = Readonly<Record<string, unknown>>;

function dataIn(payload: object): Claims {
  return objectClaim('data', (payload as Claims).data);
}

function bearerIn({ user }: Claims): { readonly user: TokenUser; readonly role?: string } {
  const given = objectClaim('data.user', user);
  return { user: userClaims(given), ...(typeof given.role === 'string' && { role: given.role }) };
}

function times(payload: object): TokenTimes {
  const { exp, nbf, iat } = payload as Claims;
  // A token for ever would be a right that nobody can end.
  if (!isGiven(exp)) throw malformed('exp', 'it is missing');
  return {
    exp: timeClaim('exp', exp),
    ...(isGiven(nbf) && { nbf: timeClaim('nbf', nbf) }),
    ...(isGiven(iat) && { iat: timeClaim('iat', iat) }),
  };
}

/** The year 5138 in seconds; what is later was meant in milliseconds. */
const latestTime = 1e11;

/** Seconds since 1970, which some libraries write as text or with a fraction. */
function timeClaim(claim: string, value: unknown): number {
  const isNumeric = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
  const seconds = isNumeric ? Number(value) : NaN;
  if (!Number.isFinite(seconds)) throw malformed(claim, 'it is not a number of seconds since 1970');
  if (Math.abs(seconds) >= latestTime) throw malformed(claim, 'it is in milliseconds, not in seconds');
  return seconds;
}

function idClaim(claim: string, value: unknown): string {
  if (!isGiven(value)) throw malformed(claim, 'it is missing');
  // Beyond these, JSON makes different numbers the same: one user would be taken for another.
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
  if (!isGiven(value)) throw malformed(claim, 'it is missing');
  if (typeof value !== 'object' || Array.isArray(value))
    throw malformed(claim, `it is not an object but ${kindOf(value)}`);
  return value as Claims;
}

function malformed(claim: string, problem: string): CallError {
  const message = `The token is not accepted because of \`${claim}\`: ${problem}.`;
  return new CallError('TOKEN_MALFORMED', { message, details: { claim, problem } });
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'a list' : typeof value;
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Backends write a missing text as `null`, `false`, or an empty list. */
function shown(given: unknown): string {
  return typeof given === 'string' || typeof given === 'number' ? String(given).trim() : '';
}
