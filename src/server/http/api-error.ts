/**
 * Every error of the HTTP API, under CometChat's codes where it has them: status and message. Response bodies are `{
 * error: { code, message, details } }`.
 */
export const apiFailures = {
  AUTH_ERR_EMPTY_APIKEY: {
    status: 401,
    message: 'The header `apiKey` is missing. Send the API key of the call server (API_KEY).',
  },
  AUTH_ERR_APIKEY_NOT_FOUND: {
    status: 401,
    message: 'The API key is not the one of this call server (API_KEY).',
  },
  AUTH_ERR_AUTH_TOKEN_NOT_FOUND: {
    status: 401,
    message:
      'The header `authToken` is missing, or its token is not valid here. Get one from POST /v3/users/{uid}/auth_tokens.',
  },
  AUTH_ERR_CALL_TOKEN_NOT_FOUND: {
    status: 401,
    message:
      'The header `callToken` is missing, or its token is not valid here. Get one from POST /v3.0/call_tokens.',
  },
  ERR_NOT_ALLOWED: { status: 403, message: 'This user is not allowed to do that.' },
  ERR_CALL_NOT_FOUND: { status: 404, message: 'There is no such call, or this user was not part of it.' },
  ERR_CALL_HISTORY_OFF: {
    status: 501,
    message: 'This server keeps no call history: set DATABASE_URL, or start it with --data FOLDER.',
  },
  ERR_CALL_HISTORY_UNAVAILABLE: {
    status: 503,
    message: 'The database of the call history does not respond. Try again later.',
  },
  ERR_METRICS_TOKEN: {
    status: 401,
    message:
      'The header `Authorization: Bearer …` with the METRICS_TOKEN of the call server is missing or wrong.',
  },
  ERR_SESSION_ID_MISSING: {
    status: 400,
    message: 'The body needs a `sessionId`: text of 1 to 100 characters, the same for all participants.',
  },
  ERR_UID_INVALID: { status: 400, message: 'A uid is text of 1 to 100 characters without spaces.' },
  ERR_BAD_REQUEST: { status: 400, message: 'The request is not valid for this route.' },
  ERR_PAYLOAD_TOO_LARGE: { status: 413, message: 'The body is larger than this route accepts.' },
  ERR_HEADERS_TOO_LARGE: {
    status: 431,
    message:
      'The headers are larger than the server allows (maxHeaderSize). If the token contains a picture, use its URL instead.',
  },
  ERR_REQUEST_TIMEOUT: { status: 408, message: 'The request did not arrive in time.' },
  ERR_NOT_FOUND: { status: 404, message: 'There is no such route.' },
  ERR_TOO_MANY_REQUESTS: { status: 429, message: 'Too many requests in a short time. Wait ten seconds.' },
  ERR_INTERNAL_SERVER_ERROR: { status: 500, message: 'An unexpected error occurred in the call server.' },
} as const;

export type ApiErrorCode = keyof typeof apiFailures;

/** Thrown in a route; becomes the response. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly code: ApiErrorCode,
    readonly details: unknown = null,
    options?: ErrorOptions,
  ) {
    super(apiFailures[code].message, options);
  }
}
