import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { initialParticipantState } from '../../../src/domain/call/participant.js';
import type { JoinAnswer } from '../../../src/protocol/messages.js';
import { createCallToken } from '../../../src/server/auth/call-tokens.js';
import { channelTimeouts } from '../../../src/signaling/websocket/channel-timeouts.js';
import type { SignalingChannel, SignalingOptions } from '../../../src/signaling/signaling-channel.js';
import type { SocketClass } from '../../../src/signaling/websocket/socket-class.js';
import { createWebSocketChannel } from '../../../src/signaling/websocket/web-socket-channel.js';
import { runSignalingCase, signalingContract } from '../../contracts/signaling.contract.js';
import { withRedis } from '../harness/store-kinds.js';
import { startBalancer, type Balancer } from '../harness/tcp-balancer.js';
import { startServer, testSecret as secret } from '../harness/test-server.js';
import { nodeProcess } from './redis-nodes.js';

interface Caller extends SignalingOptions {
  readonly sessionId: string;
  readonly name: string;
}

const opening =
  (url: () => string) =>
  async ({ sessionId, name, ...options }: Caller): Promise<SignalingChannel> =>
    createWebSocketChannel({
      url: url(),
      token: await createCallToken({ secret, sessionId, user: { uid: name.toLowerCase(), name } }),
      WebSocket: WebSocket as unknown as SocketClass,
      timeouts: { ...channelTimeouts, retry: { from: 5, to: 50 } },
      ...options,
    });

describe('the channel to two servers with one Redis, behind a TCP balancer', { timeout: 60_000 }, () => {
  const redis = withRedis();
  let balancer: Balancer | undefined;
  const open = opening(() => balancer?.url ?? '');
  before(async () => {
    const options = { redisUrl: redis().url, sessionsPerUser: 1000 };
    const nodes = await Promise.all([startServer(options), startServer(options)]);
    balancer = await startBalancer(nodes.map((node) => node.url));
  });
  after(() => balancer?.close());

  for (const contract of signalingContract) it(contract.title, () => runSignalingCase(contract, { open }));
});

describe('a server of two that is killed', () => {
  const redis = withRedis();
  const lifetime = new AbortController();
  after(() => lifetime.abort());

  it('takes no participant with it: all are the same ones on the other', async () => {
    const nodes = [await nodeProcess(redis()), await nodeProcess(redis())];
    const balancer = await startBalancer(nodes.map((node) => node.url));
    lifetime.signal.addEventListener('abort', () => balancer.close());
    const open = opening(() => balancer.url);
    const options = { sessionId: 's', state: () => initialParticipantState, signal: lifetime.signal };
    // One after the other, so that each has another server.
    const [ann, bob] = [await open({ ...options, name: 'Ann' }), await open({ ...options, name: 'Bob' })];
    const { self: first } = await ann.join();
    const { self: second } = await bob.join();
    const left: string[] = [];
    for (const { events } of [ann, bob])
      events.on('message', ({ type }) => void (type === 'participant-left' && left.push(type)), options);
    const resumed = Promise.race(
      [ann, bob].map(
        ({ events }) => new Promise<JoinAnswer>((resolve) => events.on('resumed', resolve, options)),
      ),
    );
    await nodes[0]?.kill();
    const answer = await resumed;
    assert.deepEqual(
      [answer.self.id, ...answer.participants.map(({ id }) => id)].sort(),
      [first.id, second.id].sort(),
    );
    const data = { type: 'rebuild' } as const;
    const heard = new Promise<string>((resolve) =>
      bob.events.on('message', (push) => void (push.type === 'signal' && resolve(push.from)), options),
    );
    assert.deepEqual(await ann.request({ type: 'signal', to: second.id, epoch: 1, data }), {
      delivered: true,
    });
    assert.equal(await heard, first.id);
    assert.deepEqual(left, []);
  });
});
