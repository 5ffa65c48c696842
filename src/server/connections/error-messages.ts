import { setErrorMessages } from '../../domain/call-error.js';
import '../../domain/ring/ring-error-messages.js';

/** Messages of the failures that only the server detects. Clients receive them, so pages need not load them. */
export const errorMessages = {
  TOKEN_MISSING: 'There is no call token. Set the `token` attribute, or get one from POST /v3.0/call_tokens.',
  TOKEN_EXPIRED: 'The call token has expired (`exp`). Ask your server for a new one.',
  TOKEN_NOT_YET_VALID:
    'The call token is not valid yet: its `nbf` or `iat` is in the future. Check the clocks of your server and of the call server.',
  TOKEN_SIGNATURE_INVALID: 'The call token was not signed with this server’s secret.',
  TOKEN_AUDIENCE_INVALID: 'The token is valid, but not for this purpose: its `aud` is different.',
  TOKEN_ISSUER_INVALID:
    'The call token was issued by another server: its `iss` is not the URL of this server (PUBLIC_URL).',
  TOKEN_MALFORMED: 'The call token is not a JSON Web Token with `data.sessionId` and `data.user`.',
  NOT_ALLOWED: 'This user is not allowed to do that.',
  MESSAGE_TOO_LARGE: 'The message is larger than the server accepts.',
  MESSAGE_UNKNOWN:
    'The server does not know this type of message. Client and server must have the same version.',
  PROTOCOL_UNSUPPORTED:
    'Client and server have different versions of the signalling protocol. Reload the page.',
  NOT_JOINED: 'The first message on a connection must be `join`.',
  ROOM_FULL: 'The call has reached its maximum number of participants.',
  PRESENTERS_FULL: 'The presentation has its maximum number of presenters. Join as a viewer.',
  RATE_LIMITED: 'Too many messages or connections in a short time. Wait a moment.',
  TOO_MANY_SESSIONS: 'This user is in too many calls at once. Leave one of them.',
  PARTICIPANT_NOT_FOUND: 'There is no such participant in the call.',
  RESUME_REFUSED: 'The participant could not be resumed. Join again.',
  REPLACED: 'The same participant has connected again, for example from another tab.',
  SERVER_STOPPING: 'The server is being restarted. The call reconnects automatically.',
  SERVER_UNAVAILABLE: 'The server cannot reach the store that it shares with others. Try again.',
  CALL_NOT_FOUND: 'There is no such call for this user.',
  CALL_OVER: 'The call is over: it was ended, rejected, cancelled or not answered in time.',
  CALL_ANSWERED_ELSEWHERE: 'The call was answered on another device of this user.',
} as const;

setErrorMessages(errorMessages);
