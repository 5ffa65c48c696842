/** The server gave no token; the message says why, for people. */
export class CallTokenRefused extends Error {}

/**
 * Asks the server, which is in development mode, for a call token. In an application this is a request to your own
 * backend, which knows who is signed in.
 */
export async function fetchCallToken({ sessionId, name }) {
  return (await ask('/dev/call_tokens', { sessionId, name })).token;
}

/** Likewise for an auth token: it identifies a user, and lets them call and be called. */
export async function fetchAuthToken({ uid, name }) {
  return (await ask('/dev/auth_tokens', { uid, name })).authToken;
}

/** Everybody who has signed in at this server: `[{ uid, name, online }]`. */
export async function fetchUsers() {
  return ask('/dev/users');
}

async function ask(path, body) {
  const response = await reach(path, body);
  const answer = await response.json().catch(() => ({}));
  if (response.status === 404)
    throw new CallTokenRefused('This server gives no tokens to strangers: it is not in development mode.');
  if (!response.ok)
    throw new CallTokenRefused(
      answer.error?.message ?? `The call server answered with status ${response.status}.`,
    );
  return answer.data;
}

async function reach(path, body) {
  const posted = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  try {
    return await fetch(path, body && posted);
  } catch (cause) {
    throw new CallTokenRefused('The call server does not answer. Is “npm start” still running?', { cause });
  }
}
