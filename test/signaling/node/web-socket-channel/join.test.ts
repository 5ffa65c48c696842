import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { CallError } from '../../../../src/domain/call-error.js';
import { channelTimeouts } from '../../../../src/signaling/websocket/channel-timeouts.js';
import { signalingUrl } from '../../../../src/signaling/websocket/signaling-url.js';
import { answerOf } from '../../../fakes/signaling/scripted-signaling-server.js';
import { toBob, raiseHand, server, changeState, open, happens, refusal } from './channel-setup.js';

describe('a join in the handshake', () => {
  const protocolOf = (at = 0): string => server.connections[at]!.socket.protocol;

  it('is answered without a message of the client, and later requests work', async () => {
    changeState({ audioMuted: true });
    const channel = open({ joinsAtOnce: true });
    const answer = await channel.join();
    assert.equal(answer.self.id, answerOf().self.id);
    assert.equal(protocolOf(), 'cometchat-call.1');
    const [join, ...more] = server.received('join');
    assert.deepEqual([join?.token, join?.state.audioMuted, join?.state.videoPaused], ['token', true, false]);
    assert.deepEqual(more, []);
    await channel.request(raiseHand);
    assert.equal(server.received('update').length, 1);
  });

  it('is a message again after a lost connection', async () => {
    const channel = open({ joinsAtOnce: true });
    await channel.join();
    const resumed = happens(channel, 'resumed');
    server.disconnect();
    await resumed;
    assert.equal(protocolOf(1), '');
    assert.equal(server.received('join')[1]?.resume, answerOf().resume);
  });

  it('is refused like any other', async () => {
    server.replies.join = () => ({ refuse: 'TOKEN_EXPIRED' });
    await assert.rejects(open({ joinsAtOnce: true }).join(), { code: 'TOKEN_EXPIRED' });
  });

  for (const [what, options, changes] of [
    ['a token that no header may contain', { token: 'token with, a comma' }, {}],
    ['a long token', { token: 'x'.repeat(5000) }, {}],
    ['a raised hand', {}, { handRaisedAt: 7 }],
    ['a channel that joins later', { joinsAtOnce: false }, {}],
  ] as const)
    it(`is a message for ${what}`, async () => {
      changeState(changes);
      const channel = open({ joinsAtOnce: true, ...options });
      await channel.join();
      assert.equal(protocolOf(), '');
      assert.equal(server.received('join').length, 1);
    });
});

describe('the address of the signalling', { timeout: 30_000 }, () => {
  const cases = [
    ['https://calls.example', 'wss://calls.example/signal'],
    ['http://localhost:3000/', 'ws://localhost:3000/signal'],
    ['wss://calls.example/team/?a=b#c', 'wss://calls.example/team/signal'],
    ['ws://calls.example', 'ws://calls.example/signal'],
  ] as const;
  for (const [base, expected] of cases)
    it(`${base} -> ${expected}`, () => assert.equal(signalingUrl(base), expected));

  it('what is no URL is refused', () =>
    assert.throws(() => signalingUrl('http://'), { code: 'INVALID_ARGUMENT' }));
});

describe('joining', { timeout: 30_000 }, () => {
  it('tells the token and the state, and resolves with the answer', async () => {
    changeState({ audioMuted: true });
    assert.deepEqual(await open().join(), answerOf());
    const [join] = server.received('join');
    assert.deepEqual(
      [join?.token, join?.state.audioMuted, join?.protocol, join?.resume],
      ['token', true, 1, undefined],
    );
    assert.equal(server.latest.path, '/signal');
  });

  it('happens on a socket that was opened before it was asked for', async () => {
    const channel = open();
    await server.until(() => server.connections.length === 1, 'a connection');
    assert.deepEqual(server.received('join'), []);
    await channel.join();
    assert.equal(server.connections.length, 1);
  });

  it('asked for twice happens once', async () => {
    const channel = open();
    assert.equal(await channel.join(), await channel.join());
    assert.equal(server.received('join').length, 1);
  });

  it('waits for a server that is just starting', async () => {
    await server.stop();
    const joining = open().join();
    await server.start();
    assert.equal((await joining).self.id, 'ann-1');
  });

  it('fails when no server answers in time', async () => {
    await server.stop();
    assert.equal((await refusal(open({ join: 60 }).join())).code, 'SERVER_UNREACHABLE');
    await server.start();
  });

  it('fails when the server answers nothing', async () => {
    server.unresponsive = true;
    assert.equal((await refusal(open({ join: 1000, answer: 20 }).join())).code, 'REQUEST_TIMED_OUT');
  });

  it('takes nothing from a socket that is closing: the next answer is newer', async () => {
    let joins = 0;
    let isFirst = true;
    /** As Node's do, the first one delivers what has arrived although the connection has ended. */
    const Socket = function (url: string, protocols?: string[]): WebSocket {
      const socket = new WebSocket(url, protocols);
      const state = (): unknown => Reflect.get(WebSocket.prototype, 'readyState', socket);
      if (isFirst)
        Object.defineProperty(socket, 'readyState', { get: () => (joins > 0 ? WebSocket.CLOSING : state()) });
      isFirst = false;
      return socket;
    } as unknown as typeof WebSocket;
    server.replies.join = () => ({ answer: answerOf({ sessionId: `answer ${(joins += 1)}` }) });
    const channel = open({ Socket });
    const pushes: unknown[] = [];
    channel.events.on('message', (push) => pushes.push(push), new AbortController());
    const joining = channel.join();
    await server.until(() => joins === 1, 'the first join');
    server.push({ type: 'participant-left', participantId: 'bob-1' });
    server.disconnect();
    assert.equal((await joining).sessionId, 'answer 2');
    assert.deepEqual(pushes, []);
  });

  it('that was not answered in time is tried again on a new socket', async () => {
    let joins = 0;
    server.replies.join = () => (joins++ === 0 ? 'silence' : { answer: answerOf() });
    await open({ answer: 500 }).join();
    assert.equal(server.connections.length, 2);
  });

  for (const code of [
    'TOKEN_EXPIRED',
    'PROTOCOL_UNSUPPORTED',
    'TOO_MANY_SESSIONS',
    'ROOM_FULL',
    'PRESENTERS_FULL',
  ] as const)
    it(`is rejected at once when refused with ${code}`, async () => {
      server.replies.join = () => ({ refuse: code });
      const channel = open();
      const error = await refusal(channel.join());
      assert.equal(error.code, code);
      assert.match(error.message, /^refused: /);
      await server.until(() => server.latest.socket.readyState === WebSocket.CLOSED, 'the end');
      assert.equal(server.connections.length, 1);
      assert.equal((await refusal(channel.request(toBob))).code, code);
    });

  it('is tried again when the refusal is a passing one', async () => {
    let joins = 0;
    server.replies.join = () => (joins++ < 2 ? { refuse: 'RATE_LIMITED' } : { answer: answerOf() });
    await open().join();
    assert.equal(server.connections.length, 3);
  });

  it('says why it was refused all the time', async () => {
    server.replies.join = () => ({ refuse: 'SERVER_STOPPING' });
    assert.equal((await refusal(open({ join: 1000 }).join())).code, 'SERVER_STOPPING');
  });

  it('fails when the answer is not one', async () => {
    server.replies.join = () => ({ answer: { self: 'me' } });
    assert.equal((await refusal(open().join())).code, 'MESSAGE_MALFORMED');
  });

  it('is rejected when its signal is aborted, before or meanwhile', async () => {
    const end = new AbortController();
    const joining = open({ signal: end.signal }).join();
    end.abort();
    assert.equal((await refusal(joining)).code, 'CONNECTION_LOST');
    assert.equal((await refusal(open({ signal: end.signal }).join())).code, 'CONNECTION_LOST');
  });

  it('with what is known to be wrong fails without asking a server', async () => {
    const failure = new CallError('TOKEN_MALFORMED');
    const channel = open({ failure });
    assert.equal(await refusal(channel.join()), failure);
    assert.equal(await refusal(channel.request(toBob)), failure);
    assert.equal(server.connections.length, 0);
  });

  const notYet = (retryAfterMs: number) => ({
    refuse: 'TOKEN_NOT_YET_VALID' as const,
    details: { claim: 'nbf', retryAfterMs },
  });

  it('is tried again until the token is valid, when that is soon', async () => {
    let joins = 0;
    server.replies.join = () => (joins++ < 2 ? notYet(50) : { answer: answerOf() });
    assert.equal((await open().join()).self.id, 'ann-1');
  });

  it('is rejected at once when the token is valid only later', async () => {
    server.replies.join = () => notYet(channelTimeouts.join + 1);
    const { code, details, retryable } = await refusal(open().join());
    assert.deepEqual([code, retryable], ['TOKEN_NOT_YET_VALID', true]);
    assert.deepEqual(details, { claim: 'nbf', retryAfterMs: channelTimeouts.join + 1 });
    assert.equal(server.connections.length, 1);
  });

  it('an unknown refusal keeps its words', async () => {
    const channel = open();
    server.replies.join = () => 'silence';
    const joining = channel.join();
    await server.until(() => server.received('join').length === 1, 'a join');
    const id = server.received('join')[0]?.id;
    server.push({ type: 'ack', id, error: { code: 'MOON_PHASE', message: 'Not tonight.' } });
    const error = await refusal(joining);
    assert.deepEqual([error.code, error.message], ['INTERNAL', 'Not tonight.']);
  });
});
