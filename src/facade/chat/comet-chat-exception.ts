import { asCallError } from '../../domain/call-error.js';

/** The codes of CometChat's Chat SDK that this facade raises itself, with what to do about each. */
export const chatFailures = {
  NOT_INITIALIZED: 'Call CometChat.init(appId, appSettings) first, and wait for it.',
  NOT_LOGGED_IN: 'Call CometChat.login(authToken) first, and wait for it.',
  SESSION_ID_REQUIRED: 'A session id is needed: the one of the Call object.',
  CALL_ALREADY_INITIATED:
    'This user already has an outgoing call. Cancel it first: rejectCall(sessionId, "cancelled").',
  CALL_IN_PROGRESS: 'This user is already in a call. End it first.',
  INVALID_ARGUMENT_EXCEPTION: 'An argument is missing or of the wrong type.',
  MISSING_PARAMETERS: 'A uid and the API key, or an auth token, are needed.',
  UNKNOWN_API_ERROR:
    'The call server cannot be reached. Check the host in the app settings, and the network.',
  AUTH_ERR_AUTH_TOKEN_NOT_FOUND: 'The auth token is not valid on this call server, or has expired.',
} as const;

export type ChatFailure = keyof typeof chatFailures;

/** What the methods of `CometChat` reject with. */
export class CometChatException extends Error {
  /** What failed: a code of CometChat’s Chat SDK, or one of the call server. See demo/docs/errors.md. */
  readonly code: string;
  /** More about the failure, such as the code of the server; `null` if there is nothing more. */
  readonly details: unknown;

  constructor(error: {
    readonly code: string;
    readonly message?: string | undefined;
    readonly name?: string | undefined;
    readonly details?: unknown;
  }) {
    super(error.message ?? '');
    this.code = error.code;
    this.name = error.name ?? 'CometChatException';
    this.details = error.details ?? null;
  }
}

export function chatException(
  code: ChatFailure,
  { message, details }: { readonly message?: string; readonly details?: unknown } = {},
): CometChatException {
  return new CometChatException({ code, message: message ?? chatFailures[code], details });
}

/** Any error in CometChat's shape, with CometChat's code if there is one. */
export function asChatException(error: unknown): CometChatException {
  if (error instanceof CometChatException) return error;
  const { code, message, details } = asCallError(error);
  if (code.startsWith('TOKEN_'))
    return chatException('AUTH_ERR_AUTH_TOKEN_NOT_FOUND', { details: { code, message } });
  if (code === 'SERVER_UNREACHABLE' || code === 'CONNECTION_LOST' || code === 'REQUEST_TIMED_OUT')
    return chatException('UNKNOWN_API_ERROR', { details: { code, message } });
  if (code === 'INVALID_ARGUMENT' || code === 'MESSAGE_MALFORMED')
    return chatException('INVALID_ARGUMENT_EXCEPTION', { message, details });
  return isChatFailure(code)
    ? chatException(code, { details })
    : new CometChatException({ code, message, details });
}

function isChatFailure(code: string): code is ChatFailure {
  return code in chatFailures;
}
