import { chatException, CometChatException } from './comet-chat-exception.js';

interface Answer {
  readonly data?: { readonly authToken?: unknown };
  readonly error?: { readonly code: string; readonly message: string; readonly details?: unknown };
}

/** Asks the call server for a user's auth token. The API key belongs on a server: in a page only while developing. */
export async function requestAuthToken(
  { url, fetch: request }: { readonly url: string; readonly fetch: typeof fetch },
  { uid, apiKey }: { readonly uid: string; readonly apiKey: string },
): Promise<string> {
  const { data, error } = await parseAnswer(
    request(`${url}/v3/users/${encodeURIComponent(uid)}/auth_tokens`, {
      method: 'POST',
      headers: { apiKey, 'content-type': 'application/json' },
      body: '{}',
    }),
  );
  if (error) throw new CometChatException(error);
  if (typeof data?.authToken !== 'string') throw chatException('UNKNOWN_API_ERROR');
  return data.authToken;
}

async function parseAnswer(response: Promise<Response>): Promise<Answer> {
  try {
    return (await (await response).json()) as Answer;
  } catch (cause) {
    throw chatException('UNKNOWN_API_ERROR', { details: String(cause) });
  }
}
