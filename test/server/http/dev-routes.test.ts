import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { WebSocket } from 'ws';

import { ringProtocolVersion } from '../../../src/protocol/ring-messages.js';
import { verifyAuthToken } from '../../../src/server/auth/call-tokens.js';
import { startServer, testSecret, type TestServer } from '../harness/test-server.js';

let server: TestServer;
before(async () => (server = await startServer({ dev: true })));

const signIn = (body: object, { url } = server): Promise<Response> =>
  fetch(`${url}/dev/auth_tokens`, { method: 'POST', body: JSON.stringify(body) });

async function contacts(): Promise<readonly { readonly uid: string; readonly online: boolean }[]> {
  const response = await fetch(`${server.url}/dev/users`);
  return ((await response.json()) as { data: { uid: string; online: boolean }[] }).data;
}

/** Waits for calls as the holder of the token, as a page does. */
async function waitForCalls(token: string): Promise<WebSocket> {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/ring`);
  after(() => socket.terminate());
  await once(socket, 'open');
  const hello = { type: 'hello', id: 1, protocol: ringProtocolVersion, deviceId: 'd', known: [], joined: [] };
  socket.send(JSON.stringify({ ...hello, token }));
  await once(socket, 'message');
  return socket;
}

describe('The demo’s users', () => {
  it('sign in with a name, and are listed, the newest first, with who can be called now', async () => {
    const response = await signIn({ uid: 'ada', name: 'Ada' });
    assert.equal(response.status, 200);
    const { data } = (await response.json()) as { data: { authToken: string; name: string } };
    assert.deepEqual((await verifyAuthToken(data.authToken, testSecret)).data.user, {
      uid: 'ada',
      name: 'Ada',
      avatar: '',
    });
    await signIn({ uid: 'bob', name: 'Bob' });
    assert.deepEqual(await contacts(), [
      { uid: 'bob', name: 'Bob', avatar: '', online: false },
      { uid: 'ada', name: 'Ada', avatar: '', online: false },
    ]);

    const socket = await waitForCalls(data.authToken);
    const isAdaOnline = async (): Promise<boolean | undefined> =>
      (await contacts()).find(({ uid }) => uid === 'ada')?.online;
    assert.equal(await isAdaOnline(), true);
    socket.close();
    await once(socket, 'close');
    while (await isAdaOnline());
  });

  for (const body of [
    { uid: 'ada' },
    { name: 'Ada' },
    { uid: 'a da', name: 'Ada' },
    { uid: '', name: 'Ada' },
  ])
    it(`do not sign in with ${JSON.stringify(body)}`, async () =>
      assert.equal((await signIn(body)).status, 400));

  it('are there in development mode only', async () => {
    const real = await startServer();
    assert.equal((await signIn({ uid: 'ada', name: 'Ada' }, real)).status, 404);
    assert.equal((await fetch(`${real.url}/dev/users`)).status, 404);
  });
});
