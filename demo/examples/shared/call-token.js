// In an application, this asks your own backend, which knows who is signed in. The call server in development mode gives a token to
// anybody.
const { searchParams } = new URL(location.href);

/** From the address of the page: `?session=standup&name=Ada`. */
export const sessionId = searchParams.get('session') ?? 'examples';
export const name = searchParams.get('name') ?? 'Guest';

export async function callToken() {
  const response = await fetch('/dev/call_tokens', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ sessionId, name }),
  });
  const { data, error } = await response.json();
  if (!response.ok) throw new Error(error.message);
  return data.token;
}
