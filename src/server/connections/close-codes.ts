import type { CallErrorCode } from '../../domain/call-error.js';

/**
 * WebSocket close codes (RFC 6455: 4000 to 4999 are for applications). They show in network logs what the preceding
 * `closing` message tells the client. 1000 is a leave, 1009 a message that is too large.
 */
export const closeCodes: { readonly [Code in CallErrorCode]?: number } = {
  MESSAGE_MALFORMED: 4400,
  MESSAGE_UNKNOWN: 4400,
  TOKEN_MISSING: 4401,
  TOKEN_MALFORMED: 4401,
  TOKEN_EXPIRED: 4401,
  TOKEN_NOT_YET_VALID: 4401,
  TOKEN_SIGNATURE_INVALID: 4401,
  TOKEN_AUDIENCE_INVALID: 4401,
  TOKEN_ISSUER_INVALID: 4401,
  NOT_ALLOWED: 4403,
  NOT_JOINED: 4408,
  REPLACED: 4409,
  RESUME_REFUSED: 4410,
  SESSION_ENDED: 4411,
  MESSAGE_TOO_LARGE: 1009,
  PROTOCOL_UNSUPPORTED: 4426,
  RATE_LIMITED: 4429,
  ROOM_FULL: 4430,
  TOO_MANY_SESSIONS: 4431,
  INTERNAL: 4500,
  SERVER_STOPPING: 4503,
};

export function closeCodeFor(code: CallErrorCode): number {
  return closeCodes[code] ?? 4500;
}
