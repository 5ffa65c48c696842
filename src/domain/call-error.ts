/**
 * Every way a call can fail: what the application is told, and whether trying again may help.
 * A new failure is one more row; `CallErrorCode` follows.
 */
export const callFailures = {
  // The token (server and element)
  TOKEN_MISSING: row(
    'No call token was given. Set the `token` attribute, or get one from POST /v3.0/call_tokens.',
  ),
  TOKEN_MALFORMED: row('The call token is not a JSON Web Token with `data.sessionId` and `data.user`.'),
  TOKEN_EXPIRED: row('The call token has expired. Ask your server for a new one.'),
  TOKEN_SIGNATURE_INVALID: row('The call token was not signed with this server’s secret.'),
  TOKEN_AUDIENCE_INVALID: row('The token is valid, but not for this purpose: its `aud` is another one.'),
  TOKEN_ISSUER_INVALID: row('The call token was issued by another server.'),
  // Signalling
  MESSAGE_TOO_LARGE: row('The message is larger than the server accepts.'),
  MESSAGE_MALFORMED: row('The message is not valid JSON or lacks a field.'),
  MESSAGE_UNKNOWN: row(
    'The server does not know this type of message. Are client and server of the same version?',
  ),
  PROTOCOL_UNSUPPORTED: row(
    'Client and server speak different versions of the signalling protocol. Reload the page.',
  ),
  NOT_JOINED: row('The first message on a connection must be `join`.'),
  ROOM_FULL: row('The call has as many participants as it can hold.', { retryable: true }),
  RATE_LIMITED: row('Too many messages or connections in a short time. Wait a moment.', { retryable: true }),
  TOO_MANY_SESSIONS: row('This user is in too many calls at once. Leave one of them.'),
  PARTICIPANT_NOT_FOUND: row('There is no such participant in the call.'),
  RESUME_REFUSED: row('The place in the call could not be resumed. Join anew.'),
  REPLACED: row('The same participant has connected from another place.'),
  SERVER_STOPPING: row('The server is being restarted. The call reconnects by itself.', { retryable: true }),
  SERVER_UNREACHABLE: row('The call server cannot be reached. Check the address and the network.', {
    retryable: true,
  }),
  REQUEST_TIMED_OUT: row('The call server did not answer in time.', { retryable: true }),
  CONNECTION_LOST: row('The connection to the call was lost and could not be restored.', { retryable: true }),
  SESSION_ENDED: row('The session was ended for everybody.'),
  // Ringing
  CALL_NOT_FOUND: row('There is no such call for this user.'),
  CALL_OVER: row('The call is over: it was ended, refused, taken back, or not answered in time.'),
  CALL_ANSWERED_ELSEWHERE: row('The call was answered on another device of this user.'),
  CALL_ALREADY_INITIATED: row('This user is calling somebody already. Take that call back first.'),
  CALL_IN_PROGRESS: row('This user is in a call already. End it first.'),
  // Media devices
  MEDIA_DENIED: row('Access was refused. Allow it in the browser’s address bar.', { retryable: true }),
  MEDIA_DENIED_BY_SYSTEM: row(
    'The operating system refuses access. Allow it for this browser in the system’s settings.',
    {
      retryable: true,
    },
  ),
  MEDIA_DENIED_BY_PAGE: row(
    'The page that embeds this call does not allow it: add allow="camera; microphone; display-capture" to the frame.',
  ),
  MEDIA_INSECURE: row('Camera and microphone need a secure page: https, or localhost.'),
  MEDIA_NOT_FOUND: row('No such device was found. Connect one.', { retryable: true }),
  MEDIA_IN_USE: row('The device is in use by another program, or failed to start.', { retryable: true }),
  MEDIA_FAILED: row('The device could not be opened.', { retryable: true }),
  SCREEN_SHARE_CANCELLED: row('No screen was chosen.', { retryable: true }),
  SCREEN_SHARE_UNSUPPORTED: row('This browser cannot share a screen.'),
  SCREEN_AUDIO_DROPPED: row(
    'The sound of the shared screen is left out: it would send the others back to themselves.',
  ),
  RECORDING_FAILED: row('The call could not be recorded any longer.', { retryable: true }),
  DEVICE_NOT_FOUND: row('There is no device of that id.'),
  AUDIO_MODE_UNAVAILABLE: row('There is no speaker of that kind here, or the browser does not tell of it.'),
  OUTPUT_SELECTION_UNSUPPORTED: row('This browser cannot choose the speaker.'),
  // Peers
  PEER_UNREACHABLE: row('No media connection could be made to a participant. A TURN server may be missing.', {
    retryable: true,
  }),
  // Use of the API
  UNSUPPORTED_BROWSER: row('This browser has no WebRTC.'),
  NOT_IN_CALL: row('This needs an active call.'),
  INVALID_ARGUMENT: row('An argument is not what the method takes.'),
  UNSUPPORTED: row('This browser cannot do that.'),
  INTERNAL: row('Something unforeseen went wrong.'),
} as const;

interface FailureRow {
  readonly message: string;
  readonly retryable: boolean;
}

function row(message: string, { retryable = false }: { readonly retryable?: boolean } = {}): FailureRow {
  return { message, retryable };
}

export type CallErrorCode = keyof typeof callFailures;

export function isCallErrorCode(code: string): code is CallErrorCode {
  return Object.hasOwn(callFailures, code);
}

export interface CallErrorOptions extends ErrorOptions {
  /** Replaces the table's message where more is known. */
  readonly message?: string;
  /** What the failure was about, e.g. `{ source: 'camera' }`. */
  readonly details?: unknown;
}

/** A failure as applications get it. */
export interface CallFailure {
  readonly code: string;
  readonly name: string;
  readonly message: string;
  readonly details: unknown;
}

/** What applications get from `onError` and from rejected promises. */
export class CallError extends Error implements CallFailure {
  override readonly name = 'CallError';
  readonly code: CallErrorCode;
  readonly details: unknown;
  /** Whether the same action may succeed later, or after the user did something. */
  readonly retryable: boolean;

  constructor(code: CallErrorCode, { message, details = null, ...options }: CallErrorOptions = {}) {
    super(message ?? callFailures[code].message, options);
    this.code = code;
    this.details = details;
    this.retryable = callFailures[code].retryable;
  }
}

/** Any thrown thing as a CallError; what is one already stays itself. */
export function asCallError(error: unknown, code: CallErrorCode = 'INTERNAL'): CallError {
  return error instanceof CallError
    ? error
    : new CallError(code, { cause: error, ...(code === 'INTERNAL' && { details: String(error) }) });
}
