import { CometChatCallsException } from '../session/calls-exception.js';

/** The codes of v5 that this facade raises itself, with what to do about each. */
export const failures = {
  ERROR_SDK_NOT_INITIALIZED: 'Call CometChatCalls.init({ appId, region, host }) first.',
  ERROR_AUTH_TOKEN_MISSING: 'No user is signed in: call CometChatCalls.login() first, or pass an auth token.',
  ERROR_SESSION_ID_MISSING: 'A session id is needed: a text that all participants share.',
  VALIDATION_ERROR: 'The settings are not valid.',
  ERROR_INVALID_UID: 'The uid must be a string of 1 to 100 characters.',
  ERROR_UID_WITH_SPACE: 'A uid must not contain spaces.',
  ERROR_API_KEY_NOT_FOUND:
    'The API key of the call server is needed: login(uid, authKey), or init({ authKey }). It is good for development only.',
  ERROR_BLANK_AUTHTOKEN: 'The auth token is empty. Get one for this user from your backend.',
  ERROR_AUTHTOKEN_WITH_SPACE: 'An auth token must not contain spaces.',
  ERROR_LOGIN_IN_PROGRESS: 'Another login is still in progress.',
  ERROR_NO_USER_LOGGED_IN: 'No user is signed in.',
  ERROR_SESSION_LEFT: 'The session was left before it was joined.',
} as const;

export type FailureCode = keyof typeof failures;

/** An error of v5: `errorCode`, `errorDescription` and `message`, and `code` as v4 has it. */
export function failure(
  code: FailureCode,
  message?: string,
  details: unknown = null,
): CometChatCallsException {
  return new CometChatCallsException({ code, message: message ?? failures[code], name: code, details });
}

/** Something that went wrong elsewhere, under a code of v5 where it has one. */
export function toV5Failure(
  error: unknown,
  codes: Readonly<Record<string, FailureCode>>,
): CometChatCallsException {
  const { code, message } = error as CometChatCallsException;
  const known = codes[code];
  if (known) return failure(known, undefined, { code, message });
  return error instanceof CometChatCallsException ? error : new CometChatCallsException({ code, message });
}
