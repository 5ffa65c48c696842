/** The server gave no token; the message says why, for people. */
export class CallTokenRefused extends Error {}

/**
 * Asks the server, which is in development mode, for a call token. In an application this is a request to your own
 * backend, which knows who is signed in.
 */
export async function fetchCallToken({ sessionId, name }) {
  const response = await ask({ sessionId, name });
  const answer = await response.json().catch(() => ({}));
  if (response.status === 404)
    throw new CallTokenRefused('This server gives no tokens to strangers: it is not in development mode.');
  if (!response.ok)
    throw new CallTokenRefused(
      answer.error?.message ?? `The call server answered with status ${response.status}.`,
    );
  return answer.data.token;
}

async function ask(body) {
  try {
    return await fetch('/dev/call_tokens', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  } catch (cause) {
    throw new CallTokenRefused('The call server does not answer. Is “npm start” still running?', { cause });
  }
}
