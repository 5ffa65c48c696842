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

/** The codes of CometChat's Calls SDK that this facade raises itself, with what to do about each. */
export const callsFailures = {
  INVALID_CALL_APP_SETTINGS: 'Call CometChatCalls.init() first, with settings from a CallAppSettingsBuilder.',
  INVALID_CALL_SETTINGS: 'The call settings must come from CallSettingsBuilder.build().',
  INVALID_ARGUMENT_EXCEPTION: 'An argument is missing or of the wrong type.',
  UNKNOWN_API_ERROR: 'The call server cannot be reached. Check the host given to init() and the network.',
  UNSUPPORTED: 'This version cannot do that.',
} as const;

export function callsException(code: keyof typeof callsFailures, message?: string): CometChatCallsException {
  return new CometChatCallsException({ code, message: message ?? callsFailures[code] });
}
