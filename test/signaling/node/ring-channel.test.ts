import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import { decodeJwt, SignJWT } from 'jose';
import { WebSocket } from 'ws';
import { CallError } from '../../../src/domain/call-error.js';
import { createAuthToken } from '../../../src/server/auth/call-tokens.js';
import { createCallServer } from '../../../src/server/call-server.js';
import { channelTimeouts } from '../../../src/signaling/websocket/channel-timeouts.js';
import { RingChannel } from '../../../src/signaling/websocket/ring-channel.js';
import type { SocketClass } from '../../../src/signaling/websocket/socket-class.js';

const secret = 'a secret of thirty-two bytes or more';
let lifetime = new AbortController();
const others: Server[] = [];
afterEach(() => {
  lifetime.abort();
  lifetime = new AbortController();
  others.splice(0).forEach((other) => other.close());
});

async function channelTo(
  url: string,
  Socket: SocketClass = WebSocket as unknown as SocketClass,
  given?: unknown,
): Promise<{ channel: RingChannel; events: string[] }> {
  const token = (given ?? (await createAuthToken({ secret, user: { uid: 'ada' } }))) as string;
  const channel = new RingChannel({
    ...{ url, deviceId: 'd', signal: lifetime.signal, WebSocket: Socket },
    token: () => token,
    knownCalls: () => ({ known: [], joined: [] }),
    timeouts: { ...channelTimeouts, unopened: 50, retry: { from: 5, to: 20 } },
  });
  const events: string[] = [];
  for (const name of ['unreachable', 'closed'] as const)
    channel.events.on(name, ({ code }) => events.push(`${name} ${code}`), { signal: lifetime.signal });
  return { channel, events };
}

async function answering(handle: RequestListener): Promise<string> {
  const other = createServer(handle).listen(0, '127.0.0.1');
  others.push(other);
  await once(other, 'listening');
  return `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
}

const refusal = (promise: Promise<unknown>): Promise<CallError> =>
  promise.then(
    () => assert.fail('was not rejected'),
    (error: unknown) => (error instanceof CallError ? error : assert.fail(String(error))),
  );

describe('a ring server that cannot be reached', { timeout: 10_000 }, () => {
  it('is reported as not answering, once, in a moment; a server that is started later is found', async () => {
    const url = await answering(() => undefined);
    const { port } = new URL(url);
    await new Promise((resolve) => others.pop()?.close(resolve));
    const { channel, events } = await channelTo(url);
    const { code, details } = await refusal(channel.connected());
    assert.deepEqual([code, (details as { reason: string }).reason], ['SERVER_UNREACHABLE', 'no-answer']);
    const server = createCallServer({ secret, port: Number(port), host: '127.0.0.1', logLevel: 'silent' });
    await server.listen();
    try {
      await channel.connected();
      assert.deepEqual(events, ['unreachable SERVER_UNREACHABLE']);
    } finally {
      lifetime.abort();
      await server.close();
    }
  });

  it('is reported as none, when something else answers there', async () => {
    const { channel, events } = await channelTo(await answering((_, response) => response.end('<p>Hello')));
    assert.equal((await refusal(channel.connected())).code, 'SERVER_NOT_FOUND');
    assert.deepEqual(events, ['unreachable SERVER_NOT_FOUND']);
  });

  it('is reported as forbidden by the page, for good', async () => {
    class Forbidden {
      constructor() {
        throw new DOMException('Mixed content.', 'SecurityError');
      }
    }
    const { channel, events } = await channelTo('http://calls.example', Forbidden as unknown as SocketClass);
    assert.equal((await refusal(channel.connected())).code, 'SERVER_BLOCKED_BY_PAGE');
    assert.deepEqual(events, ['closed SERVER_BLOCKED_BY_PAGE']);
  });
});

describe('a ring server that refuses the token', { timeout: 10_000 }, () => {
  const start = async (): Promise<string> => {
    const server = createCallServer({ secret, host: '127.0.0.1', port: 0, logLevel: 'silent' });
    await server.listen();
    lifetime.signal.addEventListener('abort', () => void server.close());
    return server.url;
  };

  it('because it is not valid yet: that is said once, and the channel goes on trying', async () => {
    const claims = decodeJwt(await createAuthToken({ secret, user: { uid: 'ada' } }));
    const token = await new SignJWT({ ...claims, nbf: Math.floor(Date.now() / 1000) + 600 })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .sign(new TextEncoder().encode(secret));
    let sockets = 0;
    const Counting = function (url: string): WebSocket {
      sockets += 1;
      return new WebSocket(url);
    } as unknown as SocketClass;
    const { channel, events } = await channelTo(await start(), Counting, token);
    assert.equal((await refusal(channel.connected())).code, 'TOKEN_NOT_YET_VALID');
    for (const before = sockets; sockets < before + 2;)
      await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(events, ['unreachable TOKEN_NOT_YET_VALID']);
  });

  it('because the page set something else than text', async () => {
    const { channel, events } = await channelTo(await start(), undefined, { token: 'a.b.c' });
    assert.equal((await refusal(channel.connected())).code, 'TOKEN_MALFORMED');
    assert.deepEqual(events, ['closed TOKEN_MALFORMED']);
  });
});
