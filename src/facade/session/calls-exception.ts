/** What the CometChat API rejects with and hands to `onError`: `code`, `name`, `message` and `details`. */
export class CometChatCallsException extends Error {
  readonly code: string;
  readonly details: unknown;
  /** The code, by its name in v5. */
  readonly errorCode: string;
  /** The message, by its name in v5. */
  readonly errorDescription: string;

  constructor(error: {
    readonly code: string;
    readonly message: string;
    readonly name?: string;
    readonly details?: unknown;
  }) {
    super(error.message);
    this.code = this.errorCode = error.code;
    this.errorDescription = error.message;
    this.name = error.name ?? 'CometChatCallsException';
    this.details = error.details ?? null;
  }
}

/** The codes of CometChat's Calls SDK that this facade raises itself. */
type CallsFailureCode =
  | 'INVALID_CALL_APP_SETTINGS'
  | 'INVALID_CALL_SETTINGS'
  | 'INVALID_PRESENTER_SETTINGS'
  | 'INVALID_ARGUMENT_EXCEPTION'
  | 'REQUEST_IN_PROGRESS'
  | 'NOT_ENOUGH_PARAMETERS'
  | 'UNKNOWN_API_ERROR'
  | 'UNSUPPORTED';

/** A failure found by this facade; the message says what to do about it. */
export function callsException(code: CallsFailureCode, message: string): CometChatCallsException {
  return new CometChatCallsException({ code, message });
}
