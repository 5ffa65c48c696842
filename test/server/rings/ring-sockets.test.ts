import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { parseRingServerMessage } from '../../../src/protocol/parse-ring-message.js';
import { ringProtocolVersion, type RingServerMessage } from '../../../src/protocol/ring-messages.js';
import { createCallServer, type CallServer } from '../../../src/server/call-server.js';
import { ManualClock } from '../../fakes/session/manual-clock.js';
import { createAuthToken, createCallToken } from '../../../src/server/auth/call-tokens.js';

const secret = 'a secret of thirty-two bytes or more';
let server: CallServer;
let url: string;

before(async () => {
  server = createCallServer({ secret, port: 0, logLevel: 'silent', joinTimeoutMs: 300 });
  url = (await server.listen()).replace('http', 'ws');
});
after(() => server.close());

/** Sends the texts on a new connection, each after the answer to the first, and collects all that is said until the connection ends, or `enough` is met. */
async function talk(
  texts: readonly string[],
  enough: (received: readonly RingServerMessage[]) => boolean = () => false,
): Promise<{ received: RingServerMessage[]; code: number }> {
  const socket = new WebSocket(`${url}/ring`);
  const received: RingServerMessage[] = [];
  await once(socket, 'open');
  socket.on('message', (data: Buffer) => {
    received.push(parseRingServerMessage(data.toString()));
    if (enough(received)) socket.close();
  });
  const [first, ...others] = texts;
  if (first !== undefined) socket.send(first);
  if (others.length > 0) await once(socket, 'message');
  for (const text of others) socket.send(text);
  const [code] = (await once(socket, 'close')) as [number];
  return { received, code };
}

const text = (message: object) => JSON.stringify({ id: 1, ...message });
const hello = async (more: object = {}) =>
  text({
    type: 'hello',
    protocol: ringProtocolVersion,
    token: await createAuthToken({ secret, user: { uid: 'ada' } }),
    deviceId: 'd1',
    known: [],
    joined: [],
    ...more,
  });
const acks = (count: number) => (received: readonly RingServerMessage[]) =>
  received.filter(({ type }) => type === 'ack').length === count;
const codeOf = (message: RingServerMessage | undefined) =>
  message?.type === 'call' ? undefined : message?.error?.code;

describe('the ring socket', () => {
  it('answers a hello with who one is', async () => {
    const { received } = await talk([await hello()], acks(1));
    const [ack] = received;
    assert.ok(ack?.type === 'ack');
    assert.deepEqual(ack.answer, { user: { uid: 'ada', name: 'ada', avatar: '' }, calls: [] });
  });

  const refusals: readonly [string, () => Promise<string>, string, number][] = [
    ['a call token', async () => hello({ token: await callToken() }), 'TOKEN_AUDIENCE_INVALID', 4401],
    ['nonsense for a token', () => hello({ token: 'a.b.c' }), 'TOKEN_MALFORMED', 4401],
    ['a foreign signature', async () => hello({ token: await foreign() }), 'TOKEN_SIGNATURE_INVALID', 4401],
    ['another protocol', () => hello({ protocol: 99 }), 'PROTOCOL_UNSUPPORTED', 4426],
    ['a request before hello', async () => text({ type: 'get-calls' }), 'NOT_JOINED', 4408],
  ];
  for (const [title, first, code, closeCode] of refusals)
    it(`refuses ${title}: ${code}`, async () => {
      const { received, code: closed } = await talk([await first()]);
      assert.equal(codeOf(received[0]), code);
      assert.equal(closed, closeCode);
    });

  it('closes connections that keep silent', async () => {
    const { received, code } = await talk([]);
    assert.equal(codeOf(received[0]), 'NOT_JOINED');
    assert.equal(code, 4408);
  });

  const bad: readonly [string, object, string][] = [
    ['an unknown request', { type: 'dance' }, 'MESSAGE_UNKNOWN'],
    ['a call without a receiver', { type: 'initiate', key: 'k', callType: 'video' }, 'MESSAGE_MALFORMED'],
    ['a call of another type', initiate({ callType: 'smell' }), 'MESSAGE_MALFORMED'],
    ['a ring of a year', initiate({ ringMs: 3e10 }), 'MESSAGE_MALFORMED'],
    ['a novel as metadata', initiate({ metadata: 'x'.repeat(5000) }), 'MESSAGE_MALFORMED'],
    ['a call to oneself', initiate({ receiver: { type: 'user', uid: 'ada' } }), 'INVALID_ARGUMENT'],
    [
      'a group of nobody else',
      initiate({ receiver: { type: 'group', guid: 'g', members: ['ada'] } }),
      'INVALID_ARGUMENT',
    ],
    ['a call that is not there', { type: 'accept', sessionId: 'none' }, 'CALL_NOT_FOUND'],
    ['a second hello', { type: 'hello' }, 'MESSAGE_MALFORMED'],
  ];
  for (const [title, request, code] of bad)
    it(`refuses ${title} and stays open: ${code}`, async () => {
      const ping = text({ type: 'ping', id: 3 });
      const { received } = await talk([await hello(), text({ id: 2, ...request }), ping], acks(3));
      const refused = received.find((message) => message.type === 'ack' && message.id === 2);
      assert.equal(codeOf(refused), code);
    });

  it('limits how many calls one user places', async () => {
    const calls = Array.from({ length: 40 }, (_, n) => text({ id: n + 2, ...initiate({ key: `k${n}` }) }));
    const { received } = await talk([await hello(), ...calls], acks(41));
    const refused = received.filter((message) => codeOf(message) === 'RATE_LIMITED');
    assert.ok(refused.length >= 10, `${refused.length} were refused`);
  });

  it('survives whatever is sent', async () => {
    const junk = ['', 'null', '[]', '{"type":"hello"}', '{"id":1}', '\u0000', '{"id":1,"type":"__proto__"}'];
    for (const one of junk) await talk([one]);
    const { received } = await talk([await hello()], acks(1));
    assert.equal(received.length, 1);
  });
});

describe('the page of a caller', () => {
  const leave: Readonly<Record<string, (socket: WebSocket) => void>> = {
    closed: (socket) => socket.close(1001),
    'cut off': (socket) => socket.terminate(),
  };
  for (const [title, go] of Object.entries(leave))
    it(`${title}: the callee rings ${title === 'closed' ? 'no longer than a reload takes' : 'on'}`, async () => {
      const clock = new ManualClock();
      const timed = createCallServer({ secret, port: 0, logLevel: 'silent', clock });
      const address = (await timed.listen()).replace('http', 'ws');
      const signIn = async (uid: string): Promise<{ socket: WebSocket; statuses: string[] }> => {
        const socket = new WebSocket(`${address}/ring`);
        const statuses: string[] = [];
        socket.on('message', (data: Buffer) => {
          const message = parseRingServerMessage(data.toString());
          if (message.type === 'call') statuses.push(message.call.status);
        });
        await once(socket, 'open');
        socket.send(await hello({ token: await createAuthToken({ secret, user: { uid } }), deviceId: uid }));
        await once(socket, 'message');
        return { socket, statuses };
      };
      try {
        const [ada, bob] = [await signIn('ada'), await signIn('bob')];
        ada.socket.send(text(initiate({})));
        while (bob.statuses.length === 0) await once(bob.socket, 'message');
        const gone = once(ada.socket, 'close');
        go(ada.socket);
        await gone;
        const isOver = (): boolean => bob.statuses.length > 1;
        for (let seconds = 0; title === 'closed' ? !isOver() : seconds < 12; seconds++) {
          bob.socket.send(text({ id: 9, type: 'get-calls' }));
          await once(bob.socket, 'message');
          clock.advance(1000);
        }
        assert.deepEqual(bob.statuses, title === 'closed' ? ['initiated', 'cancelled'] : ['initiated']);
        bob.socket.close();
      } finally {
        await timed.close();
      }
    });
});

function initiate(more: object) {
  return { type: 'initiate', key: 'k', receiver: { type: 'user', uid: 'bob' }, callType: 'video', ...more };
}
const callToken = () => createCallToken({ secret, sessionId: 's', user: { uid: 'ada' } });
const foreign = () => createAuthToken({ secret: 'x'.repeat(32), user: { uid: 'ada' } });
