// The page that `cometchat-call serve --dev` shows. It gets a token from the server, which in development mode gives
// one to any visitor; in an application that is a request to your own backend, which knows who is signed in.
const wanted = new URLSearchParams(location.search);
const sessionId = wanted.get('session') || 'demo';
const name = wanted.get('name') || `Guest ${Math.floor(1000 + Math.random() * 9000)}`;

const secondTab = document.getElementById('second-tab');
secondTab.href = `./?${new URLSearchParams({ session: sessionId })}`;

try {
  const response = await fetch('./dev/call_tokens', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ sessionId, name }),
  });
  const { data, error } = await response.json();
  if (!response.ok) throw new Error(error.message);
  document.getElementById('call').setAttribute('token', data.token);
} catch (error) {
  const place = document.getElementById('error');
  place.textContent = `The call server gave no token: ${error.message}`;
  place.hidden = false;
}
