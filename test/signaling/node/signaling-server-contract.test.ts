import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { initialParticipantState } from '../../../src/domain/call/participant.js';
import type { JoinAnswer, ServerPush } from '../../../src/protocol/messages.js';
import { createCallServer, createCallToken, type CallServer } from '../../../src/server/index.js';
import { channelTimeouts } from '../../../src/signaling/websocket/channel-timeouts.js';
import type { SocketClass } from '../../../src/signaling/websocket/socket-class.js';
import type { SignalingChannel, SignalingOptions } from '../../../src/signaling/signaling-channel.js';
import { createWebSocketChannel } from '../../../src/signaling/websocket/web-socket-channel.js';
import { runSignalingCase, signalingContract } from '../../contracts/signaling.contract.js';

const secret = 'a secret of the tests, of more than 32 bytes';
let server: CallServer;

const startServer = async (port = 0): Promise<CallServer> => {
  const started = createCallServer({
    secret,
    port,
    host: '127.0.0.1',
    logLevel: 'silent',
    sessionsPerUser: 1000,
  });
  await started.listen();
  return started;
};

interface Caller extends SignalingOptions {
  readonly sessionId: string;
  readonly name: string;
  readonly joinsAtOnce?: boolean;
  readonly WebSocket?: SocketClass;
}

async function open({ sessionId, name, ...options }: Caller): Promise<SignalingChannel> {
  return createWebSocketChannel({
    url: server.url,
    token: await createCallToken({ secret, sessionId, user: { uid: name.toLowerCase(), name } }),
    WebSocket: WebSocket as unknown as SocketClass,
    timeouts: { ...channelTimeouts, retry: { from: 5, to: 50 } },
    ...options,
  });
}

describe('the channel to the call server', { timeout: 30_000 }, () => {
  before(async () => (server = await startServer()));
  after(() => server.close());

  for (const contract of signalingContract) it(contract.title, () => runSignalingCase(contract, { open }));

  it('survives a restart of the server: the same participants, without a join or leave', async () => {
    const lifetime = new AbortController();
    const options = { sessionId: 'survivors', state: () => initialParticipantState, signal: lifetime.signal };
    const [ann, bob] = [await open({ ...options, name: 'Ann' }), await open({ ...options, name: 'Bob' })];
    const ids = [(await ann.join()).self.id, (await bob.join()).self.id];
    const resumed = [ann, bob].map(
      (channel) =>
        new Promise<JoinAnswer>((resolve) =>
          channel.events.on('resumed', resolve, { signal: lifetime.signal }),
        ),
    );
    const { port } = server;
    await server.close();
    server = await startServer(port);
    const answers = await Promise.all(resumed);
    assert.deepEqual(
      answers.map(({ self }) => self.id),
      ids,
    );
    const data = { type: 'rebuild' } as const;
    const sent = ann.request({ type: 'signal', to: ids[1] ?? '', epoch: 1, data });
    ann.verify();
    assert.deepEqual(await sent, { delivered: true });
    lifetime.abort();
  });

  it('tells a restarted server that the call became a video call, and so all who do not know', async () => {
    const lifetime = new AbortController();
    const { signal } = lifetime;
    const options = { sessionId: 'switched', state: () => initialParticipantState, signal };
    const [ann, bob] = [await open({ ...options, name: 'Ann' }), await open({ ...options, name: 'Bob' })];
    const [{ self: a }, { self: b }] = [await ann.join(), await bob.join()];
    const nextSwitch = (channel: SignalingChannel): Promise<ServerPush> =>
      new Promise((resolve) =>
        channel.events.on('message', (push) => push.type === 'switched-to-video' && resolve(push), {
          signal,
        }),
      );
    const [atAnn, atBob] = [nextSwitch(ann), nextSwitch(bob)];
    await ann.request({ type: 'request-video' });
    await bob.request({ type: 'answer-video', accept: true });
    const switched = { type: 'switched-to-video', initiator: a.id, responder: b.id };
    assert.deepEqual(await Promise.all([atAnn, atBob]), [switched, switched]);
    const { port } = server;
    await server.close();
    server = await startServer(port);
    const cas = await open({ ...options, name: 'Cas' });
    const answer = await cas.join();
    // Whichever of them came first: Cas, or one who knows.
    const known = answer.switched ?? (await nextSwitch(cas));
    assert.deepEqual({ type: 'switched-to-video', ...known }, switched);
    const late = await (await open({ ...options, name: 'Dee' })).join();
    assert.deepEqual(late.switched, { initiator: a.id, responder: b.id });
    lifetime.abort();
  });

  it('joins with the handshake: the client sends no message for it', async () => {
    const lifetime = new AbortController();
    const sent: string[] = [];
    class Watched extends WebSocket {
      override send(data: unknown): void {
        sent.push(String(data));
        super.send(data as string);
      }
    }
    const ann = await open({
      sessionId: 'early',
      name: 'Ann',
      state: () => ({ ...initialParticipantState, videoPaused: true }),
      signal: lifetime.signal,
      joinsAtOnce: true,
      WebSocket: Watched as unknown as SocketClass,
    });
    const { self } = await ann.join();
    assert.deepEqual([self.name, self.audioMuted, self.videoPaused], ['Ann', false, true]);
    assert.deepEqual(sent, []);
    lifetime.abort();
  });

  for (const joinsAtOnce of [false, true])
    it(`a token of another server is refused, joinsAtOnce ${joinsAtOnce}`, async () => {
      const lifetime = new AbortController();
      const channel = createWebSocketChannel({
        url: server.url,
        joinsAtOnce,
        token: await createCallToken({ secret: secret.toUpperCase(), sessionId: 's', user: { uid: 'eve' } }),
        WebSocket: WebSocket as unknown as SocketClass,
        state: () => initialParticipantState,
        signal: lifetime.signal,
      });
      await assert.rejects(channel.join(), { code: 'TOKEN_SIGNATURE_INVALID' });
      lifetime.abort();
    });
});
