import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { CallError } from '../../../src/domain/call-error.js';
import { initialParticipantState, type ParticipantState } from '../../../src/domain/call/participant.js';
import type { ServerPush } from '../../../src/protocol/messages.js';
import { channelTimeouts, type ChannelTimeouts } from '../../../src/signaling/websocket/channel-timeouts.js';
import type { SocketClass } from '../../../src/signaling/websocket/socket-class.js';
import type { SignalingChannel, SignalingEvents } from '../../../src/signaling/signaling-channel.js';
import { signalingUrl } from '../../../src/signaling/websocket/signaling-url.js';
import { createWebSocketChannel } from '../../../src/signaling/websocket/web-socket-channel.js';
import { junk } from '../../fakes/signaling/junk.js';
import { answerOf, ScriptedSignalingServer } from '../../fakes/signaling/scripted-signaling-server.js';

const quick: ChannelTimeouts = { ...channelTimeouts, retry: { from: 5, to: 20 } };
const toBob = { type: 'signal', to: 'bob-1', epoch: 0, data: { type: 'rebuild' } } as const;
const raiseHand = { type: 'update', changes: { handRaisedAt: 7 } } as const;

let server: ScriptedSignalingServer;
let lifetime: AbortController;
let state: ParticipantState;

beforeEach(async () => {
  server = await new ScriptedSignalingServer().start();
  lifetime = new AbortController();
  state = initialParticipantState;
});
afterEach(async () => {
  lifetime.abort();
  await server.stop();
});

function open({
  signal = lifetime.signal,
  url = server.url,
  failure,
  ...timeouts
}: Partial<ChannelTimeouts> & {
  signal?: AbortSignal;
  url?: string;
  failure?: CallError;
} = {}): SignalingChannel {
  return createWebSocketChannel({
    url,
    failure,
    token: 'token',
    state: () => state,
    signal,
    WebSocket: WebSocket as unknown as SocketClass,
    timeouts: { ...quick, ...timeouts },
  });
}

const happens = <Name extends keyof SignalingEvents>(
  channel: SignalingChannel,
  name: Name,
): Promise<SignalingEvents[Name]> =>
  new Promise((resolve) => channel.events.on(name, resolve, { signal: lifetime.signal }));

const all = <Name extends keyof SignalingEvents>(
  channel: SignalingChannel,
  name: Name,
): SignalingEvents[Name][] => {
  const heard: SignalingEvents[Name][] = [];
  channel.events.on(name, (detail) => heard.push(detail), { signal: lifetime.signal });
  return heard;
};

const refusal = (promise: Promise<unknown>): Promise<CallError> =>
  promise.then(
    () => assert.fail('was not rejected'),
    (error: unknown) => (error instanceof CallError ? error : assert.fail(String(error))),
  );

/** Joined, with the server's end of it. */
async function joined(timeouts: Partial<ChannelTimeouts> = {}): Promise<SignalingChannel> {
  const channel = open(timeouts);
  await channel.join();
  return channel;
}

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
    state = { ...initialParticipantState, audioMuted: true };
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
    assert.equal((await refusal(open({ join: 80, answer: 20 }).join())).code, 'REQUEST_TIMED_OUT');
  });

  it('that was not answered in time is tried again on a new socket', async () => {
    let joins = 0;
    server.replies.join = () => (joins++ === 0 ? 'silence' : { answer: answerOf() });
    await open({ answer: 30 }).join();
    assert.equal(server.connections.length, 2);
  });

  for (const code of ['TOKEN_EXPIRED', 'PROTOCOL_UNSUPPORTED', 'TOO_MANY_SESSIONS', 'ROOM_FULL'] as const)
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
    assert.equal((await refusal(open({ join: 80 }).join())).code, 'SERVER_STOPPING');
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

describe('a server that cannot be reached', { timeout: 30_000 }, () => {
  const others: Server[] = [];
  afterEach(() => others.splice(0).forEach((other) => other.close()));

  /** What answers at an address that a socket cannot be opened at. */
  async function answering(handle: RequestListener): Promise<string> {
    const other = createServer(handle).listen(0, '127.0.0.1');
    others.push(other);
    await once(other, 'listening');
    return `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  }
  const joins = (url: string, timeouts: Partial<ChannelTimeouts> = {}) =>
    refusal(open({ url, unopened: 40, ...timeouts }).join());

  it('is told to be none when another server answers there', async () => {
    const url = await answering((_, response) => response.writeHead(404).end('<h1>Not Found</h1>'));
    const { code, details, retryable } = await joins(url);
    assert.deepEqual([code, retryable], ['SERVER_NOT_FOUND', false]);
    assert.deepEqual(details, { url: `${url}/`, status: 404 });
  });

  it('is told to be none when a page answers everything', async () => {
    const url = await answering((_, response) => response.end('<!doctype html>'));
    assert.equal((await joins(url)).code, 'SERVER_NOT_FOUND');
  });

  it('is told to be there, when only WebSockets do not reach it', async () => {
    const asked: string[] = [];
    const url = await answering(({ url = '' }, response) => {
      asked.push(url);
      response.end('{"status":"ok"}');
    });
    const { code, message, details } = await joins(`${url}/calls/`);
    assert.equal(code, 'SERVER_UNREACHABLE');
    assert.match(message, /proxy/);
    assert.equal((details as { reason: string }).reason, 'websocket');
    assert.ok(asked.includes('/calls/healthz'), asked.join());
  });

  it('is told not to answer, when nothing does', async () => {
    await server.stop();
    const started = performance.now();
    const { code, details } = await joins(server.url, { unopened: channelTimeouts.unopened });
    assert.ok(performance.now() - started < 5000, 'long before the patience with a join has come to its end');
    assert.deepEqual([code, (details as { reason: string }).reason], ['SERVER_UNREACHABLE', 'no-answer']);
    await server.start();
  });

  it('is waited for when it is busy or being restarted', async () => {
    let asked = 0;
    const url = await answering((_, response) => {
      asked += 1;
      response.writeHead(asked % 2 ? 503 : 429).end();
    });
    const { code, details } = await joins(url, { join: 400 });
    assert.deepEqual([code, details], ['SERVER_UNREACHABLE', null]);
    assert.ok(asked > 1);
  });

  it('is waited for by one who was in the call', async () => {
    const channel = await joined({ unopened: 20 });
    const closed = all(channel, 'closed');
    const [lost, resumed] = [happens(channel, 'lost'), happens(channel, 'resumed')];
    await server.stop();
    await lost;
    const tries: string[] = [];
    const other = createServer((_, response) => {
      tries.push('asked');
      response.writeHead(404).end();
    }).listen(Number(new URL(server.url).port), '127.0.0.1');
    others.push(other);
    await new Promise<void>((resolve) =>
      other.on('upgrade', (_, socket) => {
        socket.destroy();
        if (tries.push('socket') > 5) resolve();
      }),
    );
    other.closeAllConnections();
    await new Promise((resolve) => other.close(resolve));
    assert.ok(!tries.includes('asked'));
    await server.start();
    await resumed;
    assert.deepEqual(closed, []);
  });
});

describe('requests', { timeout: 30_000 }, () => {
  it('are resolved with the server’s answer', async () => {
    server.replies.signal = () => ({ answer: { delivered: true } });
    const channel = await joined();
    assert.deepEqual(await channel.request(toBob), { delivered: true });
    assert.equal(await channel.request(raiseHand), undefined);
    assert.deepEqual(server.received('update')[0]?.changes, raiseHand.changes);
  });

  it('are rejected with the server’s refusal', async () => {
    server.replies['mute-participant'] = () => ({ refuse: 'PARTICIPANT_NOT_FOUND' });
    const channel = await joined();
    const muted = channel.request({ type: 'mute-participant', participantId: 'x', source: 'camera' });
    assert.equal((await refusal(muted)).code, 'PARTICIPANT_NOT_FOUND');
  });

  it('that are not answered time out, updates too', async () => {
    server.replies.signal = server.replies.update = () => 'silence';
    const channel = await joined({ answer: 30 });
    assert.equal((await refusal(channel.request(toBob))).code, 'REQUEST_TIMED_OUT');
    assert.equal((await refusal(channel.request(raiseHand))).code, 'REQUEST_TIMED_OUT');
  });

  it('that wait when the socket breaks are rejected, except updates: the next join tells them', async () => {
    server.replies.signal = server.replies.update = () => 'silence';
    const channel = await joined();
    const [signal, update] = [channel.request(toBob), channel.request(raiseHand)];
    await server.until(() => server.received('update').length === 1, 'an update');
    server.disconnect();
    assert.equal((await refusal(signal)).code, 'CONNECTION_LOST');
    assert.equal(await update, undefined);
  });

  it('while the socket is down are rejected at once, except updates', async () => {
    const channel = await joined();
    const lost = happens(channel, 'lost');
    await server.stop();
    await lost;
    assert.equal((await refusal(channel.request(toBob))).code, 'CONNECTION_LOST');
    assert.equal(await channel.request(raiseHand), undefined);
    await server.start();
  });

  it('answers that belong to nothing are ignored', async () => {
    const channel = await joined();
    server.push({ type: 'ack', id: 99, error: { code: 'TOKEN_EXPIRED', message: '' } });
    server.push({ type: 'ack', id: 1, answer: answerOf() });
    assert.equal(await channel.request(raiseHand), undefined);
  });

  it('a malformed answer rejects', async () => {
    server.replies.signal = () => ({ answer: { delivered: 'perhaps' } });
    const channel = await joined();
    assert.equal((await refusal(channel.request(toBob))).code, 'MESSAGE_MALFORMED');
  });
});

describe('a broken connection', { timeout: 30_000 }, () => {
  it('is told, and restored with the newest resume and the state of now', async () => {
    let joins = 0;
    server.replies.join = () => ({ answer: answerOf({ resume: `resume-${++joins}` }) });
    const channel = await joined();
    for (const resume of ['resume-1', 'resume-2']) {
      const [lost, resumed] = [happens(channel, 'lost'), happens(channel, 'resumed')];
      state = { ...state, handRaisedAt: joins };
      server.disconnect();
      await lost;
      await resumed;
      const join = server.received('join').at(-1);
      assert.deepEqual([join?.resume, join?.state.handRaisedAt], [resume, state.handRaisedAt]);
    }
  });

  it('is told once, however many tries it takes', async () => {
    const channel = await joined();
    const lost = all(channel, 'lost');
    const resumed = happens(channel, 'resumed');
    await server.stop();
    await refusal(channel.request(toBob));
    let tries = 0;
    server.replies.join = () => (tries++ < 3 ? { refuse: 'SERVER_STOPPING' } : { answer: answerOf() });
    await server.start();
    assert.equal((await resumed).self.id, 'ann-1');
    assert.equal(lost.length, 1);
  });

  it('that is only half open is noticed by its silence', async () => {
    const channel = await joined({ heartbeat: 15, pong: 30 });
    const [lost, resumed] = [happens(channel, 'lost'), happens(channel, 'resumed')];
    await server.until(() => server.received('ping').length > 1, 'pings');
    server.unresponsive = true;
    await lost;
    server.unresponsive = false;
    await resumed;
    assert.equal(server.connections.length, 2);
  });

  it('is restored with what a sign of life brought, when the token has expired meanwhile', async () => {
    server.replies.ping = () => ({ answer: { resume: 'newer' } });
    const channel = await joined({ heartbeat: 10 });
    await server.until(() => server.received('ping').length > 2, 'pings');
    const resumed = happens(channel, 'resumed');
    server.disconnect();
    await resumed;
    assert.equal(server.received('join').at(-1)?.resume, 'newer');
  });

  it('a refused ping is a sign of life', async () => {
    server.replies.ping = () => ({ refuse: 'RATE_LIMITED' });
    const channel = await joined({ heartbeat: 10, pong: 20 });
    const lost = all(channel, 'lost');
    await server.until(() => server.received('ping').length > 5, 'pings');
    assert.deepEqual(lost, []);
  });

  it('joins anew, once, when it cannot be resumed', async () => {
    let joins = 0;
    server.replies.join = (message) => {
      if (message.type === 'join' && message.resume === 'resume-1') {
        // As the server does it: refused, told, closed.
        queueMicrotask(() => {
          server.latest.socket.send(
            JSON.stringify({ type: 'closing', error: { code: 'RESUME_REFUSED', message: '' } }),
          );
          server.latest.socket.close(4410);
        });
        return { refuse: 'RESUME_REFUSED' };
      }
      const { self } = answerOf();
      return { answer: answerOf({ self: { ...self, id: `ann-${++joins}` }, resume: `resume-${joins}` }) };
    };
    const channel = await joined();
    const resumed = happens(channel, 'resumed');
    server.disconnect();
    assert.equal((await resumed).self.id, 'ann-2');
    assert.deepEqual(
      server.received('join').map(({ resume }) => resume),
      [undefined, 'resume-1', undefined],
    );
  });

  it('waits for a place in a full room when it was in it before', async () => {
    const channel = await joined();
    let refused = 0;
    server.replies.join = () => (refused++ < 2 ? { refuse: 'ROOM_FULL' } : { answer: answerOf() });
    const resumed = happens(channel, 'resumed');
    server.disconnect();
    await resumed;
    assert.equal(refused, 3);
  });

  it('ends for good when the resuming is refused for good', async () => {
    const channel = await joined();
    const closed = happens(channel, 'closed');
    server.replies.join = () => ({ refuse: 'TOKEN_EXPIRED' });
    server.disconnect();
    assert.equal((await closed).code, 'TOKEN_EXPIRED');
  });

  it('is restored at once when the network is back', async () => {
    const network = new EventTarget();
    Object.assign(globalThis, { addEventListener: network.addEventListener.bind(network) });
    try {
      const channel = await joined({ retry: { from: 60_000, to: 60_000 } });
      const [lost, resumed] = [happens(channel, 'lost'), happens(channel, 'resumed')];
      server.disconnect();
      await lost;
      network.dispatchEvent(new Event('online'));
      await resumed;
    } finally {
      Reflect.deleteProperty(globalThis, 'addEventListener');
    }
  });

  it('that seems open when the network is back must prove it', async () => {
    const network = new EventTarget();
    Object.assign(globalThis, { addEventListener: network.addEventListener.bind(network) });
    try {
      const channel = await joined({ urgentPong: 20 });
      network.dispatchEvent(new Event('online'));
      await server.until(() => server.received('ping').length === 1, 'a ping');
      server.unresponsive = true;
      const lost = happens(channel, 'lost');
      network.dispatchEvent(new Event('online'));
      await lost;
    } finally {
      Reflect.deleteProperty(globalThis, 'addEventListener');
    }
  });
});

describe('the end', { timeout: 30_000 }, () => {
  for (const code of ['SESSION_ENDED', 'REPLACED', 'MESSAGE_TOO_LARGE'] as const)
    it(`a closing with ${code} is final`, async () => {
      const channel = await joined();
      const [closed, lost] = [happens(channel, 'closed'), all(channel, 'lost')];
      server.push({ type: 'closing', error: { code, message: 'said so' } });
      const error = await closed;
      assert.deepEqual([error.code, error.message], [code, 'said so']);
      await server.until(() => server.latest.socket.readyState === WebSocket.CLOSED, 'the end');
      assert.equal(server.connections.length, 1);
      assert.deepEqual(lost, []);
    });

  it('a closing that passes is followed by a reconnect', async () => {
    const channel = await joined();
    const resumed = happens(channel, 'resumed');
    server.push({ type: 'closing', error: { code: 'SERVER_STOPPING', message: '' } });
    server.latest.socket.close(4503);
    await resumed;
  });

  it('a socket that was closed for waiting before the join is replaced', async () => {
    const channel = open();
    await server.until(() => server.connections.length === 1, 'a connection');
    server.push({ type: 'closing', error: { code: 'NOT_JOINED', message: '' } });
    server.latest.socket.close(4408);
    await server.until(() => server.connections.length === 2, 'another connection');
    await channel.join();
  });

  it('leaving tells the server and closes the socket, in the same moment', async () => {
    const channel = await joined();
    const [closed, lost] = [all(channel, 'closed'), all(channel, 'lost')];
    channel.leave();
    await server.until(() => server.latest.socket.readyState === WebSocket.CLOSED, 'the end');
    assert.equal(server.received('leave').length, 1);
    assert.deepEqual([closed, lost], [[], []]);
    channel.leave();
    assert.equal((await refusal(channel.request(toBob))).code, 'CONNECTION_LOST');
  });

  it('aborting closes the socket, and says nothing', async () => {
    const channel = await joined();
    const [closed, lost] = [all(channel, 'closed'), all(channel, 'lost')];
    server.replies.signal = () => 'silence';
    const asked = channel.request(toBob);
    await server.until(() => server.received('signal').length === 1, 'a signal');
    lifetime.abort();
    assert.equal((await refusal(asked)).code, 'CONNECTION_LOST');
    await server.until(() => server.latest.socket.readyState === WebSocket.CLOSED, 'the end');
    assert.deepEqual([server.received('leave'), closed, lost], [[], [], []]);
  });

  it('ends all timers, whatever it is waiting for', async () => {
    const timers = (): number =>
      process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    const noneLeft = async (): Promise<void> => {
      const deadline = performance.now() + 1_000;
      while (timers() > 0 && performance.now() < deadline)
        await new Promise((resolve) => setImmediate(resolve));
      assert.equal(timers(), 0);
    };
    // The sockets of the tests before may still be closing.
    await noneLeft();
    server.replies.signal = () => 'silence';
    const channel = await joined({ retry: { from: 60_000, to: 60_000 } });
    const asked = channel.request(toBob);
    await server.until(() => server.received('signal').length === 1, 'a signal');
    assert.ok(timers() > 0);
    server.disconnect();
    await refusal(asked);
    lifetime.abort();
    await noneLeft();
  });
});

describe('what the server says', { timeout: 30_000 }, () => {
  const push: ServerPush = { type: 'video-requested', by: 'bob-1' };

  it('is passed on in its order', async () => {
    const channel = await joined();
    const heard = all(channel, 'message');
    const pushes: ServerPush[] = [push, { type: 'participant-left', participantId: 'x' }, push];
    for (const one of pushes) server.push(one);
    await channel.request(raiseHand);
    assert.deepEqual(heard, pushes);
  });

  it('is ignored when it makes no sense, and the channel works on', async () => {
    const channel = await joined();
    const heard = all(channel, 'message');
    const broken = ['', '{', 'null', '[]', '{"type":"ack"}', '{"type":"ack","id":-1}', '\u0000'];
    const nonsense = junk(['ann-1']).filter((thing) => !/"type":"(ack|closing)"/.test(JSON.stringify(thing)));
    for (const thing of [...broken, ...nonsense]) server.push(thing);
    server.latest.socket.send(Buffer.from([1, 2, 3]));
    assert.equal(await channel.request(raiseHand), undefined);
    assert.ok(heard.length < nonsense.length / 10);
    server.push(push);
    await channel.request(raiseHand);
    assert.deepEqual(heard.at(-1), push);
  });
});
