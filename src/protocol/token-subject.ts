import { jwtPayload } from './jwt-payload.js';

/** Which session a call token is for, and which user. */
export interface TokenSubject {
  readonly sessionId: string;
  readonly uid: string;
  /** Who issued it, if it says so. */
  readonly issuer: string | undefined;
}

/** Reads it without checking anything else, which only the server can; `undefined` for what is no call token. */
export function tokenSubject(token: string): TokenSubject | undefined {
  const { data, iss } = Object(jwtPayload(token)) as { readonly data?: unknown; readonly iss?: unknown };
  const { sessionId, user } = Object(data) as { readonly sessionId?: unknown; readonly user?: unknown };
  const { uid } = Object(user) as { readonly uid?: unknown };
  if (!isId(sessionId) || !isId(uid)) return undefined;
  return {
    sessionId: String(sessionId),
    uid: String(uid),
    issuer: typeof iss === 'string' ? iss : undefined,
  };
}

/** Other people's servers write numbers. */
const isId = (value: unknown): value is string | number =>
  (typeof value === 'string' && value !== '') || typeof value === 'number';
