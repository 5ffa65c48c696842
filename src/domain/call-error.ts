import type { ChunkLoadError } from '../base/load-chunk.js';

/**
 * All failures of a call. A new failure is one more row: code, message, retry, close code and the user's phrases follow.
 * Failures that only one side detects may have their message there, so that the other side need not load it
 * (src/server/connections/error-messages.ts, src/media/capture).
 */
export const callFailures = {
  // The token
  TOKEN_MISSING: row('', { closeCode: 4401, ended: 'failedINVALID' }),
  TOKEN_MALFORMED: row('', { closeCode: 4401, ended: 'failedINVALID' }),
  TOKEN_EXPIRED: row('', { closeCode: 4401, ended: 'failedEXPIRED' }),
  /** `details`: `{ claim, retryAfterMs }`. */
  TOKEN_NOT_YET_VALID: row('', { retryable: true, closeCode: 4401, ended: 'failedINVALID' }),
  TOKEN_SIGNATURE_INVALID: row('', { closeCode: 4401, ended: 'failedINVALID' }),
  TOKEN_AUDIENCE_INVALID: row('', { closeCode: 4401, ended: 'failedINVALID' }),
  TOKEN_ISSUER_INVALID: row('', { closeCode: 4401, ended: 'failedINVALID' }),
  // The right
  /** `details`: `{ action }`. */
  NOT_ALLOWED: row('', { closeCode: 4403, ended: 'failedINVALID' }),
  // Signalling
  MESSAGE_TOO_LARGE: row('', { closeCode: 1009 }),
  MESSAGE_MALFORMED: row('The message is not valid JSON or lacks a field.', { closeCode: 4400 }),
  MESSAGE_UNKNOWN: row('', { closeCode: 4400 }),
  PROTOCOL_UNSUPPORTED: row('', { closeCode: 4426 }),
  NOT_JOINED: row('', { closeCode: 4408 }),
  ROOM_FULL: row('', { retryable: true, closeCode: 4430, ended: 'failedFULL' }),
  /** `details`: `{ limit }`. */
  PRESENTERS_FULL: row('', { retryable: true, closeCode: 4432, ended: 'failedFULL' }),
  RATE_LIMITED: row('', { retryable: true, closeCode: 4429, ended: 'failedUNREACHABLE' }),
  TOO_MANY_SESSIONS: row('', { closeCode: 4431, ended: 'failedELSEWHERE' }),
  PARTICIPANT_NOT_FOUND: row(''),
  RESUME_REFUSED: row('', { closeCode: 4410 }),
  REPLACED: row('', { closeCode: 4409, ended: 'failedELSEWHERE' }),
  SERVER_STOPPING: row('', { retryable: true, closeCode: 4503, ended: 'failedUNREACHABLE' }),
  SERVER_UNAVAILABLE: row('', { retryable: true, closeCode: 4503, ended: 'failedUNREACHABLE' }),
  SERVER_UNREACHABLE: row('The call server cannot be reached. Check the address and the network.', {
    retryable: true,
    ended: 'failedUNREACHABLE',
  }),
  /** `details`: `{ url, status }`. */
  SERVER_NOT_FOUND: row('', { ended: 'failedUNREACHABLE' }),
  /** `details`: `{ url, reason }`, reason `connect-src` or `mixed-content`. */
  SERVER_BLOCKED_BY_PAGE: row('', { ended: 'failedUNREACHABLE' }),
  REQUEST_TIMED_OUT: row('The call server did not answer in time.', {
    retryable: true,
    ended: 'failedUNREACHABLE',
  }),
  CONNECTION_LOST: row('The connection to the call could not be restored.', {
    retryable: true,
    ended: 'failedUNREACHABLE',
  }),
  SESSION_ENDED: row('The session was ended for all.', { closeCode: 4411 }),
  // Ringing
  CALL_NOT_FOUND: row(''),
  CALL_OVER: row(''),
  CALL_ANSWERED_ELSEWHERE: row(''),
  CALL_ALREADY_INITIATED: row(''),
  CALL_IN_PROGRESS: row(''),
  // Code that is downloaded late; `details`: `{ chunk }`, its name
  CHUNK_LOAD_FAILED: row('A file of the call could not be loaded.', {
    retryable: true,
    ended: 'failedLOADING',
  }),
  // Media devices; src/media/capture/media-failure.ts has a message for each source
  MEDIA_DENIED: row('', { retryable: true, notice: 'failureDENIED' }),
  MEDIA_DENIED_BY_SYSTEM: row('', { retryable: true, notice: 'failureSYSTEM' }),
  MEDIA_DENIED_BY_PAGE: row('', { notice: 'failurePAGE' }),
  MEDIA_INSECURE: row('', { notice: 'failureINSECURE' }),
  MEDIA_NOT_FOUND: row('', { retryable: true, notice: 'failureMISSING' }),
  MEDIA_IN_USE: row('', { retryable: true, notice: 'failureBUSY' }),
  /** `details`: `{ source }`. */
  MEDIA_TIMEOUT: row('The permission prompt is still open, or the device does not respond.', {
    retryable: true,
    notice: 'failureTIMEOUT',
  }),
  /** `details`: `{ source }`. The source recovers by itself, or is reopened when it is switched on. */
  MEDIA_INTERRUPTED: row('The system has interrupted the device.', {
    retryable: true,
    notice: 'failureINTERRUPTED',
  }),
  MEDIA_FAILED: row('The device could not be opened.', { retryable: true }),
  SCREEN_SHARE_CANCELLED: row('', { retryable: true }),
  SCREEN_SHARE_UNSUPPORTED: row('', { notice: 'failureUNSUPPORTED' }),
  SCREEN_AUDIO_DROPPED: row('', { notice: 'failureECHO' }),
  RECORDING_FAILED: row('The recording failed.', { retryable: true }),
  /** `details`: `{ source, reason }`, reason `too-slow` or `failed`. */
  PROCESSING_DROPPED: row('', { retryable: true }),
  DEVICE_NOT_FOUND: row('There is no device with that id.', { notice: 'failureMISSING' }),
  AUDIO_MODE_UNAVAILABLE: row('There is no such speaker, or the browser does not list it.'),
  /** `details`: `{ deviceId }`. */
  OUTPUT_FAILED: row('', { retryable: true }),
  OUTPUT_SELECTION_UNSUPPORTED: row('This browser cannot choose the speaker.'),
  // Peers
  PEER_UNREACHABLE: row('No media connection could be made to a participant. A TURN server may be missing.', {
    retryable: true,
  }),
  /** `details`: `{ url }`. */
  ICE_SERVER_INVALID: row('The URL of a STUN or TURN server is invalid. The call continues without it.'),
  // End-to-end encryption; src/element/call/encryption.ts has the messages
  ENCRYPTION_KEY_MISSING: row('', { retryable: true }),
  /** `details`: `{ id }`, the participant. */
  DECRYPTION_FAILED: row('', { retryable: true }),
  // Use of the API
  UNSUPPORTED_BROWSER: row('This browser does not support WebRTC.', { ended: 'failedBROWSER' }),
  INVALID_ARGUMENT: row('An argument is invalid.'),
  UNSUPPORTED: row('This browser does not support that.', { notice: 'failureUNSUPPORTED' }),
  INTERNAL: row('An unexpected error occurred.', { closeCode: 4500 }),
};

interface FailureOptions {
  /** Whether a retry may succeed, now or after the user has changed something. Default: `false`. */
  readonly retryable?: boolean;
  /** The code with which the server closes the WebSocket (RFC 6455: 4000 to 4999 are for applications). Default: 4500. */
  readonly closeCode?: number;
  /** The phrase of `words.ts` that tells the user why there is no call. */
  readonly ended?: `failed${string}`;
  /** The phrase of `failure-words.ts` that tells the user why a microphone, camera or screen is off. */
  readonly notice?: `failure${string}`;
}

/** A failure of the table; `message` is for developers. */
export interface FailureRow extends FailureOptions {
  readonly message: string;
  readonly retryable: boolean;
}

/** Keeps the types of the phrases, so that the compiler finds one that does not exist. */
function row<const Options extends FailureOptions>(
  message: string,
  options = {} as Options,
): FailureRow & Options {
  return { message, retryable: false, ...options };
}

type Rows = typeof callFailures;

/** The codes of `CallError`. */
export type CallErrorCode = keyof Rows;

/** The phrases of all rows. */
export type EndedPhrase = Extract<Rows[CallErrorCode], { readonly ended: string }>['ended'];
export type NoticePhrase = Extract<Rows[CallErrorCode], { readonly notice: string }>['notice'];

export function endedPhrase(code: CallErrorCode): EndedPhrase | undefined {
  return (callFailures[code] as { readonly ended?: EndedPhrase }).ended;
}

export function noticePhrase(code: CallErrorCode): NoticePhrase | undefined {
  return (callFailures[code] as { readonly notice?: NoticePhrase }).notice;
}

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
