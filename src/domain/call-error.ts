import type { ChunkLoadError } from '../base/load-chunk.js';

const noUserMessage = row('');
const noUserMessageRetryable = row('', { retryable: true });

/**
 * Every way a call can fail: what the application is told, and whether trying again may help.
 * A new failure is one more row; `CallErrorCode` follows. Where only the server refuses, it sends its own words along, which
 * pages need not load: src/server/connections/error-messages.ts.
 */
export const callFailures = {
  // The token
  TOKEN_MISSING: noUserMessage,
  TOKEN_MALFORMED: noUserMessage,
  TOKEN_EXPIRED: noUserMessage,
  /** `details`: `{ claim, retryAfterMs }`. */
  TOKEN_NOT_YET_VALID: noUserMessageRetryable,
  TOKEN_SIGNATURE_INVALID: noUserMessage,
  TOKEN_AUDIENCE_INVALID: noUserMessage,
  TOKEN_ISSUER_INVALID: noUserMessage,
  // The right
  /** `details`: `{ action }`. */
  NOT_ALLOWED: noUserMessage,
  // Signalling
  MESSAGE_TOO_LARGE: noUserMessage,
  MESSAGE_MALFORMED: row('The message is not valid JSON or lacks a field.'),
  MESSAGE_UNKNOWN: noUserMessage,
  PROTOCOL_UNSUPPORTED: noUserMessage,
  NOT_JOINED: noUserMessage,
  ROOM_FULL: noUserMessageRetryable,
  RATE_LIMITED: noUserMessageRetryable,
  TOO_MANY_SESSIONS: noUserMessage,
  PARTICIPANT_NOT_FOUND: row('There is no such participant in the call.'),
  RESUME_REFUSED: noUserMessage,
  REPLACED: noUserMessage,
  SERVER_STOPPING: noUserMessageRetryable,
  SERVER_UNREACHABLE: row('The call server cannot be reached. Check the address and the network.', {
    retryable: true,
  }),
  /** `details`: `{ url, status }`. */
  SERVER_NOT_FOUND: noUserMessage,
  /** `details`: `{ url, reason }`, reason `connect-src` or `mixed-content`. */
  SERVER_BLOCKED_BY_PAGE: noUserMessage,
  REQUEST_TIMED_OUT: row('The call server did not answer in time.', { retryable: true }),
  CONNECTION_LOST: row('The connection to the call was lost and could not be restored.', { retryable: true }),
  SESSION_ENDED: row('The session was ended for everybody.'),
  // Ringing
  CALL_NOT_FOUND: noUserMessage,
  CALL_OVER: noUserMessage,
  CALL_ANSWERED_ELSEWHERE: noUserMessage,
  CALL_ALREADY_INITIATED: noUserMessage,
  CALL_IN_PROGRESS: noUserMessage,
  // Code that is downloaded late; `details`: `{ chunk }`, its name
  CHUNK_LOAD_FAILED: row('A file of the call could not be loaded.', { retryable: true }),
  // Media devices; src/media/capture/media-failure.ts says it for each source
  MEDIA_DENIED: noUserMessageRetryable,
  MEDIA_DENIED_BY_SYSTEM: noUserMessageRetryable,
  MEDIA_DENIED_BY_PAGE: noUserMessage,
  MEDIA_INSECURE: noUserMessage,
  MEDIA_NOT_FOUND: noUserMessageRetryable,
  MEDIA_IN_USE: noUserMessageRetryable,
  /** `details`: `{ source }`. */
  MEDIA_TIMEOUT: row(
    'The browser has not answered: its question about access is still open, or the device does not respond.',
    { retryable: true },
  ),
  /** `details`: `{ source }`. It comes back by itself, or is opened anew when the source is switched on. */
  MEDIA_INTERRUPTED: row('The system has interrupted the device, for example for a phone call.', {
    retryable: true,
  }),
  MEDIA_FAILED: row('The device could not be opened.', { retryable: true }),
  SCREEN_SHARE_CANCELLED: noUserMessageRetryable,
  SCREEN_SHARE_UNSUPPORTED: noUserMessage,
  SCREEN_AUDIO_DROPPED: noUserMessage,
  RECORDING_FAILED: row('The call could not be recorded any longer.', { retryable: true }),
  /** `details`: `{ source, reason }`, reason `too-slow` or `failed`. */
  PROCESSING_DROPPED: noUserMessageRetryable,
  DEVICE_NOT_FOUND: row('There is no device of that id.'),
  AUDIO_MODE_UNAVAILABLE: row('There is no speaker of that kind here, or the browser does not tell of it.'),
  /** `details`: `{ deviceId }`. */
  OUTPUT_FAILED: row('The speaker could not be used. The one before goes on.', { retryable: true }),
  OUTPUT_SELECTION_UNSUPPORTED: row('This browser cannot choose the speaker.'),
  // Peers
  PEER_UNREACHABLE: row('No media connection could be made to a participant. A TURN server may be missing.', {
    retryable: true,
  }),
  /** `details`: `{ url }`. */
  ICE_SERVER_INVALID: row('The address of a STUN or TURN server is not valid. The call goes on without it.'),
  // Use of the API
  UNSUPPORTED_BROWSER: row('This browser has no WebRTC.'),
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

/** Words for failures whose row has none. */
const detailedMessages: Partial<Record<CallErrorCode, string>> = {};

/** Says more: for the side that finds these failures. */
export function setErrorMessages(messages: Readonly<Partial<Record<CallErrorCode, string>>>): void {
  Object.assign(detailedMessages, messages);
}

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
    super(message ?? detailedMessages[code] ?? (callFailures[code].message || code), options);
    this.code = code;
    this.details = details;
    this.retryable = callFailures[code].retryable;
  }

  /** Errors lose their message on the way through JSON, and so would what applications log. */
  toJSON(): CallFailure {
    const { code, name, message, details } = this;
    return { code, name, message, details };
  }
}

/** Any thrown thing as a CallError; what is one already stays itself. */
export function asCallError(error: unknown, code: CallErrorCode = 'INTERNAL'): CallError {
  if (error instanceof CallError) return error;
  if (isChunkLoadError(error)) {
    const { code: failed, message, details } = error;
    return new CallError(failed, { message, details, cause: error });
  }
  return new CallError(code, { cause: error, ...(code === 'INTERNAL' && { details: String(error) }) });
}

/** By its name: beside the UMD file there are two copies of the class. */
function isChunkLoadError(error: unknown): error is ChunkLoadError {
  return error instanceof Error && error.name === 'ChunkLoadError';
}
