import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, it } from 'node:test';
import { initialParticipantState } from '../../src/domain/call/participant.js';
import { protocolVersion } from '../../src/protocol/messages.js';
import { startServer } from './harness/test-server.js';

/** mulberry32: the same seed, the same fuzz. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000);
const random = seeded(seed);
const below = (max: number): number => Math.floor(random() * max);
const pick = <Value>(values: readonly Value[]): Value => values[below(values.length)]!;

const server = await startServer({
  sessionsPerUser: 10_000,
  connectionsPerAddress: 0,
  messagesPerAddress: 0,
  messagesPerConnection: 0,
  graceMs: 5,
});
const token = await server.token('fuzz', 'fuzzed');

const strange: readonly unknown[] = [
  null,
  true,
  -1,
  1.5,
  1e308,
  '',
  'x',
  '\u0000',
  '😀',
  [],
  {},
  [[]],
  { __proto__: null },
  'a'.repeat(300),
];
const state = initialParticipantState;
const samples: readonly object[] = [
  { type: 'join', id: 1, protocol: protocolVersion, token, state },
  { type: 'signal', id: 2, to: 'someone', epoch: 0, data: { type: 'offer', sdp: 'v=0' } },
  {
    type: 'signal',
    id: 3,
    to: 'someone',
    epoch: 0,
    data: { type: 'candidates', candidates: [{ candidate: '' }] },
  },
  { type: 'update', id: 4, changes: { audioMuted: true, handRaisedAt: null } },
  { type: 'mute-participant', id: 5, participantId: 'someone', source: 'camera' },
  { type: 'request-video', id: 6 },
  { type: 'answer-video', id: 7, accept: true },
  { type: 'ping', id: 8 },
  { type: 'leave', id: 9 },
  { type: 'end-session', id: 10 },
];

/** The value with something in it changed, left out, or added. */
function mutated(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || random() < 0.15) return pick(strange);
  const entries = Object.entries(value);
  const at = below(entries.length + 1);
  if (at === entries.length)
    entries.push([pick(['type', 'id', 'extra', '__proto__', 'constructor']), pick(strange)]);
  else if (random() < 0.3) entries.splice(at, 1);
  else entries[at] = [entries[at]![0], mutated(entries[at]![1])];
  return Object.fromEntries(entries);
}

function frame(): string | Buffer {
  const text = JSON.stringify(random() < 0.3 ? pick(samples) : mutated(pick(samples))) ?? '';
  const kind = random();
  if (kind < 0.75) return text;
  const bytes = Buffer.from(text);
  for (let flips = below(4); flips >= 0; flips -= 1) bytes[below(bytes.length)] = below(256);
  if (kind < 0.85) return bytes;
  if (kind < 0.95) return bytes.toString('latin1');
  return text.slice(0, below(text.length));
}

describe(`Random frames (FUZZ_SEED=${seed})`, () => {
  it('never stop the server, and are answered with what the protocol knows', async () => {
    const witness = await server.member('witness', 'calm');
    for (let round = 0; round < 150; round += 1) {
      const client = await server.connect();
      if (random() < 0.7) await client.join(token);
      // What the client hears it parses: a message that the protocol does not know would throw here.
      for (let count = 0; count < 12 && client.closed === null; count += 1) client.raw(frame());
      if (random() < 0.5) client.socket.terminate();
      else client.socket.close();
      await client.ends();
    }
    assert.equal((await witness.client.request({ type: 'ping' })).error, undefined);
    assert.deepEqual(await witness.client.unread(), [], 'and no other client receives anything');
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
  });

  it('leave no participant behind in the room', async () => {
    const last = await server.member('last', 'fuzzed');
    const present = new Set(last.answer.participants.map(({ id }) => id));
    while (present.size > 0) present.delete((await last.client.receives('participant-left')).participantId);
  });

  it('may be no WebSocket at all', async () => {
    const { port } = server.server;
    const upgrade = 'GET /signal HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n';
    const openings = [
      'nonsense\r\n\r\n',
      `${upgrade}\r\n`,
      `${upgrade}Sec-WebSocket-Version: 1\r\nSec-WebSocket-Key: x\r\n\r\n`,
      `${upgrade.replace('/signal', '/elsewhere')}\r\n`,
      'GET / HTTP/1.1\r\n\r\n',
      'GET /v3.0/call_tokens HTTP/1.1\r\nHost: a b\r\ncallToken: x\r\nConnection: close\r\n\r\n',
    ];
    for (const opening of openings) {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.resume().end(opening);
      await once(socket, 'close');
    }
    for (let round = 0; round < 20; round += 1) {
      const client = await server.connect();
      // Frames that break the WebSocket protocol itself.
      const raw = Reflect.get(client.socket, '_socket') as Socket;
      raw.write(Buffer.from(Array.from({ length: 64 }, () => below(256))));
      raw.end();
      await client.ends();
    }
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
  });
});
