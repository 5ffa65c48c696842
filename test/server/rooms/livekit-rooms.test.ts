import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, describe, it } from 'node:test';
import { jwtVerify } from 'jose';
import { startServer } from '../harness/test-server.js';

interface ApiRequest {
  readonly path: string | undefined;
  readonly body: unknown;
  readonly video: unknown;
}

const apiSecret = 'a secret of at least thirty-two bytes';

/** The HTTP API of a LiveKit server; answers with the statuses, and then with 200. */
async function startApi(...statuses: number[]) {
  const requests: ApiRequest[] = [];
  const waiting: (() => void)[] = [];
  const api = createServer((request, response) => {
    void (async () => {
      const token = (request.headers.authorization ?? '').replace('Bearer ', '');
      const { payload } = await jwtVerify(token, new TextEncoder().encode(apiSecret), { issuer: 'key' });
      requests.push({
        path: request.url,
        body: JSON.parse(await text(request)),
        video: payload['video'],
      });
      response.writeHead(statuses.shift() ?? 200).end('{}');
      for (const resolve of waiting.splice(0)) resolve();
    })();
  }).listen(0, '127.0.0.1');
  await once(api, 'listening');
  after(() => void api.close());
  const { port } = api.address() as AddressInfo;
  return {
    requests,
    /** Resolves once there were so many requests. */
    async until(count: number): Promise<void> {
      while (requests.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    options: {
      livekitUrl: `ws://127.0.0.1:${port}/media/`,
      livekitApiKey: 'key',
      livekitApiSecret: apiSecret,
      meshLimit: 2,
    },
  };
}

describe('the LiveKit room of a call', () => {
  it('is left by who leaves the call, whatever the page does', async () => {
    const api = await startApi(404, 200);
    const server = await startServer(api.options);
    const ada = await server.member('ada', 'room');
    const bob = await server.member('bob', 'room');
    await bob.client.request({ type: 'leave' });
    const bobAgain = await server.member('bob', 'room');
    const cyd = await server.member('cyd', 'room');
    await cyd.client.request({ type: 'leave' });
    await api.until(1);
    // On the mesh, nobody was in a LiveKit room.
    assert.deepEqual(api.requests, [
      {
        path: '/media/twirp/livekit.RoomService/RemoveParticipant',
        body: { room: 'room#1', identity: cyd.id },
        video: { room: 'room#1', roomAdmin: true },
      },
    ]);
    await ada.client.request({ type: 'end-session' });
    await api.until(3);
    assert.deepEqual(
      api.requests
        .slice(1)
        .map(({ body }) => (body as { identity: string }).identity)
        .sort(),
      [ada.id, bobAgain.id].sort(),
    );
  });

  it('is asked again when LiveKit does not answer', async () => {
    const api = await startApi(503, 200);
    const server = await startServer(api.options);
    for (const uid of ['ada', 'bob']) await server.member(uid, 'room');
    const cyd = await server.member('cyd', 'room');
    await cyd.client.request({ type: 'leave' });
    await api.until(2);
    const [first, second] = api.requests;
    assert.deepEqual(first, second);
  });
});
