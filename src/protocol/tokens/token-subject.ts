import { jwtPayload } from './jwt-payload.js';

/** The session, user and issuer of a call token. */
export interface TokenSubject {
  readonly sessionId: string;
  readonly uid: string;
  /** The issuer, if the token has one. */
  readonly issuer: string | undefined;
}

/** Reads the subject of a call token without any other check; `undefined` if it is not a call token. */
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

/** Other backends use numeric ids. */
const isId = (value: unknown): value is string | number =>
  (typeof value === 'string' && value !== '') || typeof value === 'number';
