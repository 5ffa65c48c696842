import type { ChunkLoadError } from '../base/load-chunk.js';

const noUserMessage = row('');
const noUserMessageRetryable = row('', { retryable: true });

/**
 * All failures of a call: message, and whether a retry may help. A new failure is one more row; `CallErrorCode`
 * follows. Failures that only the server detects have no message here: the server sends it, and pages need not load
 * it (src/server/connections/error-messages.ts).
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
  SESSION_ENDED: row('The session was ended for all.'),
  // Ringing
  CALL_NOT_FOUND: noUserMessage,
  CALL_OVER: noUserMessage,
  CALL_ANSWERED_ELSEWHERE: noUserMessage,
  CALL_ALREADY_INITIATED: noUserMessage,
  CALL_IN_PROGRESS: noUserMessage,
  // Code that is downloaded late; `details`: `{ chunk }`, its name
  CHUNK_LOAD_FAILED: row('A file of the call could not be loaded.', { retryable: true }),
  // Media devices; src/media/capture/media-failure.ts has a message for each source
  MEDIA_DENIED: noUserMessageRetryable,
  MEDIA_DENIED_BY_SYSTEM: noUserMessageRetryable,
  MEDIA_DENIED_BY_PAGE: noUserMessage,
  MEDIA_INSECURE: noUserMessage,
  MEDIA_NOT_FOUND: noUserMessageRetryable,
  MEDIA_IN_USE: noUserMessageRetryable,
  /** `details`: `{ source }`. */
  MEDIA_TIMEOUT: row(
    'The browser did not respond: its permission prompt is still open, or the device does not respond.',
    { retryable: true },
  ),
  /** `details`: `{ source }`. The source recovers by itself, or is reopened when it is switched on. */
  MEDIA_INTERRUPTED: row('The system has interrupted the device, for example for a phone call.', {
    retryable: true,
  }),
  MEDIA_FAILED: row('The device could not be opened.', { retryable: true }),
  SCREEN_SHARE_CANCELLED: noUserMessageRetryable,
  SCREEN_SHARE_UNSUPPORTED: noUserMessage,
  SCREEN_AUDIO_DROPPED: noUserMessage,
  RECORDING_FAILED: row('The recording failed.', { retryable: true }),
  /** `details`: `{ source, reason }`, reason `too-slow` or `failed`. */
  PROCESSING_DROPPED: noUserMessageRetryable,
  DEVICE_NOT_FOUND: row('There is no device with that id.'),
  AUDIO_MODE_UNAVAILABLE: row('There is no speaker of that kind, or the browser does not list it.'),
  /** `details`: `{ deviceId }`. */
  OUTPUT_FAILED: row('The speaker could not be used. The previous one stays in use.', { retryable: true }),
  OUTPUT_SELECTION_UNSUPPORTED: row('This browser cannot choose the speaker.'),
  // Peers
  PEER_UNREACHABLE: row('No media connection could be made to a participant. A TURN server may be missing.', {
    retryable: true,
  }),
  /** `details`: `{ url }`. */
  ICE_SERVER_INVALID: row('The URL of a STUN or TURN server is invalid. The call continues without it.'),
  // Use of the API
  UNSUPPORTED_BROWSER: row('This browser does not support WebRTC.'),
  INVALID_ARGUMENT: row('An argument is invalid.'),
  UNSUPPORTED: row('This browser does not support that.'),
  INTERNAL: row('An unexpected error occurred.'),
} as const;

interface FailureRow {
  readonly message: string;
  readonly retryable: boolean;
}

function row(message: string, { retryable = false }: { readonly retryable?: boolean } = {}): FailureRow {
  return { message, retryable };
}

export type CallErrorCode = keyof typeof callFailures;

/** Messages of failures whose row has none. */
const detailedMessages: Partial<Record<CallErrorCode, string>> = {};

/** Registers messages for failures without one in the table. Called by the side that detects them. */
export function setErrorMessages(messages: Readonly<Partial<Record<CallErrorCode, string>>>): void {
  Object.assign(detailedMessages, messages);
}

export function isCallErrorCode(code: string): code is CallErrorCode {
  return Object.hasOwn(callFailures, code);
}

export interface CallErrorOptions extends ErrorOptions {
  /** Replaces the message of the table. */
  readonly message?: string;
  /** Data about the failure, e.g. `{ source: 'camera' }`. */
  readonly details?: unknown;
}

/** A failure as plain data. */
export interface CallFailure {
  readonly code: string;
  readonly name: string;
  readonly message: string;
  readonly details: unknown;
}

/** The error of `onError` and of rejected promises. */
export class CallError extends Error implements CallFailure {
  override readonly name = 'CallError';
  readonly code: CallErrorCode;
  readonly details: unknown;
  /** Whether a retry may succeed, now or after the user has changed something. */
  readonly retryable: boolean;

  constructor(code: CallErrorCode, { message, details = null, ...options }: CallErrorOptions = {}) {
    super(message ?? detailedMessages[code] ?? (callFailures[code].message || code), options);
    this.code = code;
    this.details = details;
    this.retryable = callFailures[code].retryable;
  }

  /** `JSON.stringify` omits the message of errors, and applications log these. */
  toJSON(): CallFailure {
    const { code, name, message, details } = this;
    return { code, name, message, details };
  }
}

/** Converts any thrown value to a CallError; a CallError is returned unchanged. */
export function asCallError(error: unknown, code: CallErrorCode = 'INTERNAL'): CallError {
  if (error instanceof CallError) return error;
  if (isChunkLoadError(error)) {
    const { code: failed, message, details } = error;
    return new CallError(failed, { message, details, cause: error });
  }
  return new CallError(code, { cause: error, ...(code === 'INTERNAL' && { details: String(error) }) });
}

/** Compared by name, because with the UMD build the class exists twice. */
function isChunkLoadError(error: unknown): error is ChunkLoadError {
  return error instanceof Error && error.name === 'ChunkLoadError';
}
