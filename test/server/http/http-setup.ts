import { before } from 'node:test';
import { startServer, type TestServer } from '../harness/test-server.js';

export const apiKey = 'an API key for tests, of enough bytes';

export let server: TestServer;

before(async () => (server = await startServer({ apiKey })));

/** What is read of the answers; each test looks at its own part. */
export interface Body {
  readonly status?: string;
  readonly data: {
    readonly token: string;
    readonly authToken: string;
    readonly name: string;
    readonly user: { readonly name: string };
    readonly settings: Readonly<Record<string, unknown>>;
    readonly payload: {
      readonly data: { readonly sessionId: string; readonly user: { readonly uid: string } };
    };
  };
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly details: { readonly code: string };
  };
}

export interface Answer {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}

export async function call(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: unknown,
): Promise<Answer> {
  const response = await fetch(server.url + path, {
    method,
    headers,
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}

export const authTokenOf = async (uid: string, body?: object): Promise<string> =>
  (await call('POST', `/v3/users/${uid}/auth_tokens`, { apiKey }, body)).body.data.authToken;
