import { serverUrl } from '../../protocol/server-url.js';
import type { CallsApp } from './calls-state.js';
import { callsException, CometChatCallsException } from './calls-exception.js';

/** What `generateToken` resolves with; `startSession` takes it, or its `token`. */
export interface GeneratedToken {
  readonly token: string;
}

/** The call server's base URL from whatever people write; empty: the page's origin. Throws INVALID_ARGUMENT. */
export function serverBase(host: string): string {
  return serverUrl(host.trim() || '/', { page: location.href, allowsBareHost: true });
}

/** Asks the call server. Rejects with its error, or with UNKNOWN_API_ERROR when there is no answer. */
export async function callApi<Data>(
  url: string,
  { method = 'GET', headers, body }: { method?: string; headers: Record<string, string>; body?: object },
): Promise<Data> {
  let response: Response;
  let answer: { readonly data?: Data; readonly error?: { readonly code: string; readonly message: string } };
  try {
    response = await fetch(url, {
      method,
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    answer = (await response.json()) as typeof answer;
  } catch {
    throw unreachable();
  }
  if (answer.error) throw new CometChatCallsException(answer.error);
  if (!response.ok || answer.data === undefined) throw unreachable();
  return answer.data;
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
