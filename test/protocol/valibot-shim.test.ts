import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { junk } from '../fakes/signaling/junk.js';
import { valibotShim } from '../tools/build/valibot-slim.mjs';

interface Result {
  readonly success: boolean;
  readonly output?: unknown;
  readonly issues?: readonly [{ readonly message: string }];
}

/** All that browsers read with the shim, and how. */
interface Protocol {
  readonly schemas: Readonly<Record<string, unknown>>;
  safeParse(schema: unknown, value: unknown): Result;
  getDotPath(issue: unknown): string | null;
}

const source = `
  import * as messages from '../../src/protocol/messages.js';
  import * as ring from '../../src/protocol/ring-messages.js';
  export { getDotPath, safeParse } from 'valibot';
  export const schemas = {
    server: messages.serverMessage, client: messages.clientMessage, join: messages.joinAnswer,
    signal: messages.answers.signal,
    ring: ring.ringServerMessage, asked: ring.ringRequest,
    ...Object.fromEntries(Object.entries(ring.ringAnswers).map(([name, each]) => ['ring ' + name, each])),
  };`;

const folder = await mkdtemp(join(tmpdir(), 'protocol-'));

async function protocolWith(alias: Readonly<Record<string, string>>, name: string): Promise<Protocol> {
  const outfile = join(folder, name);
  const stdin = { contents: source, resolveDir: import.meta.dirname, loader: 'ts' } as const;
  await build({ stdin, bundle: true, format: 'esm', outfile, alias });
  return (await import(pathToFileURL(outfile).href)) as Protocol;
}

const state = {
  audioMuted: false,
  videoPaused: true,
  screenSharing: false,
  recording: false,
  handRaisedAt: null,
};
const person = { uid: 'ada', name: 'Ada', avatar: '' };
const participant = { id: 'a', ...person, order: 0, joinedAt: 1.5, connection: 'connected', ...state };
const error = { code: 'ROOM_FULL', message: 'Full.', details: { limit: 2 } };
const candidate = { candidate: 'candidate:1', sdpMid: null, sdpMLineIndex: 0 };
const call = {
  sessionId: 's',
  revision: 1,
  type: 'video',
  status: 'ongoing',
  initiator: person,
  receiver: { type: 'group', guid: 'g', name: 'All' },
  parties: [{ ...person, state: 'joined' }],
  self: { uid: 'ada', state: 'ringing', deviceId: null },
  initiatedAt: 1,
  answeredAt: null,
  endedAt: 2,
  ringsForMs: 45_000,
  by: { uid: 'ada', deviceId: 'd' },
  metadata: { any: ['thing'] },
};
const answer = {
  sessionId: 's',
  self: participant,
  participants: [participant, { ...participant, handRaisedAt: 3, more: 1 }],
  resume: 'r',
  transport: 'mesh',
  generation: 0,
  iceServers: [{ urls: 'stun:a' }, { urls: ['turn:a', 'turn:b'], username: 'u', credential: 'c' }],
  graceMs: 30_000,
  serverId: 'x',
};
const samples: readonly object[] = [
  { type: 'ack', id: 1, answer },
  { type: 'ack', id: 1, error },
  { type: 'participant-joined', participant },
  { type: 'participant-left', participantId: 'a' },
  { type: 'participant-updated', participantId: 'a', changes: { audioMuted: true }, by: null },
  { type: 'participant-updated', participantId: 'a', changes: { connection: 'reconnecting' }, by: 'b' },
  { type: 'signal', from: 'a', to: 'a', id: 4, epoch: 2, data: { type: 'offer', sdp: 'v=0' } },
  { type: 'signal', from: 'a', epoch: 2, data: { type: 'candidates', candidates: [candidate] } },
  { type: 'signal', from: 'a', epoch: 2, data: { type: 'rebuild' } },
  { type: 'video-requested', by: 'a' },
  { type: 'switched-to-video', initiator: 'a', responder: 'b' },
  { type: 'closing', error },
  { type: 'join', id: 1, protocol: 1, token: 't', resume: 'r', state },
  { type: 'update', id: 3, changes: { handRaisedAt: null } },
  { type: 'mute-participant', id: 2, participantId: 'a', source: 'camera' },
  answer,
  { delivered: true },
  { type: 'call', call },
  { call },
  { calls: [call] },
  { user: person, calls: [call, call] },
  { count: 3 },
  { type: 'hello', id: 1, protocol: 1, token: 't', deviceId: 'd', known: ['s'], joined: [] },
  {
    type: 'initiate',
    id: 1,
    key: 'k',
    receiver: { type: 'group', guid: 'g', members: ['a'] },
    callType: 'audio',
    metadata: 1,
  },
];

const odd: readonly unknown[] = [
  undefined,
  null,
  '',
  -1,
  0.5,
  NaN,
  true,
  'a'.repeat(70_000),
  [],
  {},
  [null],
  'call',
];

/** The value with one thing in it taken away or replaced, for each thing in it. */
function* mutations(value: unknown): Generator<unknown> {
  yield* odd;
  if (typeof value !== 'object' || value === null) return;
  const isList = Array.isArray(value);
  const made = (entries: readonly (readonly [string, unknown])[]): unknown =>
    isList ? entries.map(([, each]) => each) : Object.fromEntries(entries);
  const entries = Object.entries(value);
  for (const [key, each] of entries) {
    yield made(entries.filter(([other]) => other !== key));
    for (const mutation of mutations(each))
      yield made(entries.map(([other, kept]) => [other, other === key ? mutation : kept]));
  }
}

describe('The stand-in for valibot', () => {
  let real: Protocol;
  let slim: Protocol;
  before(async () => {
    real = await protocolWith({}, 'real.mjs');
    slim = await protocolWith({ valibot: valibotShim }, 'slim.mjs');
  });
  after(() => rm(folder, { recursive: true }));

  const read = ({ schemas, safeParse, getDotPath }: Protocol, name: string, value: unknown): unknown => {
    const { success, output, issues } = safeParse(schemas[name], value);
    return success ? { output } : { isType: getDotPath(issues?.[0]) === 'type' };
  };

  it('accepts, changes and refuses the same messages', () => {
    let accepted = 0;
    const values = [...samples, ...samples.flatMap((sample) => [...mutations(sample)]), ...junk(['a'], 2000)];
    for (const name of Object.keys(real.schemas))
      for (const value of values) {
        const expected = read(real, name, value);
        assert.deepEqual(
          read(slim, name, value),
          expected,
          `${name}: ${JSON.stringify(value)?.slice(0, 400)}`,
        );
        if ('output' in (expected as object)) accepted += 1;
      }
    assert.ok(accepted > 100, 'some of them are right');
  });

  it('accepts every sample with one schema at least', () => {
    for (const sample of samples)
      assert.ok(
        Object.values(slim.schemas).some((schema) => slim.safeParse(schema, sample).success),
        JSON.stringify(sample),
      );
  });

  it('says what is wrong, and where', () => {
    const { issues } = slim.safeParse(slim.schemas['signal'], { delivered: 'yes' });
    assert.match(issues?.[0].message ?? '', /expected boolean but received string/);
    assert.equal(slim.getDotPath(issues?.[0]), 'delivered');
  });
});
