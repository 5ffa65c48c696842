import { fetchJson, type JsonAnswer } from '../../base/fetch-json.js';
import { serverUrl } from '../../protocol/server-url.js';
import type { CallsApp } from './calls-state.js';
import { callsException, CometChatCallsException } from './calls-exception.js';

/** What `generateToken` resolves with; `startSession` takes it, or its `token`. */
export interface GeneratedToken {
  readonly token: string;
}

/** The call server's base URL from a host with or without scheme and path; empty: the page's origin. Throws INVALID_ARGUMENT. */
export function serverBase(host: string): string {
  return serverUrl(host.trim() || '/', { page: location.href, allowsBareHost: true });
}

/** Asks the call server. Rejects with its error, or with UNKNOWN_API_ERROR when there is no answer. */
export async function callApi<Data>(url: string, request: ApiRequest): Promise<Data> {
  return (await callApiWithMeta<Data>(url, request)).data;
}

interface ApiRequest {
  readonly method?: string;
  readonly headers: Record<string, string>;
  readonly body?: object;
}

/** What the call server answers; `meta` tells about the pages of a list. */
export interface ApiAnswer<Data> {
  readonly data: Data;
  readonly meta?: { readonly pagination?: { readonly total_pages?: number } };
}

/** Like `callApi`, with `meta`. */
export async function callApiWithMeta<Data>(
  url: string,
  { method = 'GET', headers, body }: ApiRequest,
): Promise<ApiAnswer<Data>> {
  let response: JsonAnswer;
  try {
    response = await fetchJson(url, {
      method,
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
  } catch {
    throw unreachable();
  }
  const answer = response.body as Partial<ApiAnswer<Data>> & {
    readonly error?: { readonly code: string; readonly message: string } | null;
  };
  if (answer.error) throw new CometChatCallsException(answer.error);
  if (!response.ok || answer.data === undefined) throw unreachable();
  return { ...answer, data: answer.data };
}

const unreachable = (): CometChatCallsException =>
  callsException(
    'UNKNOWN_API_ERROR',
    'The call server cannot be reached. Check the host given to init() and the network.',
  );

/** Asks for the token that lets a user join one session. */
export function requestCallToken(
  app: CallsApp,
  { sessionId, authToken }: { readonly sessionId: string; readonly authToken: string },
): Promise<GeneratedToken> {
  return callApi<GeneratedToken>(`${serverBase(app.getHost())}/v3.0/call_tokens`, {
    method: 'POST',
    headers: { authToken },
    body: { sessionId },
  });
}
