import { jwtPayload } from './jwt-payload.js';

/** The URL of the server that issued a call token; `undefined` for what is no call token, and for one that does not say. */
export function tokenIssuer(token: string): string | undefined {
  const { iss, data } = Object(jwtPayload(token)) as { readonly iss?: unknown; readonly data?: unknown };
  return typeof iss === 'string' && typeof data === 'object' ? iss : undefined;
}
