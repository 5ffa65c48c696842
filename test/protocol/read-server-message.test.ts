import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { CallError } from '../../src/domain/call-error.js';
import { answers, serverMessage } from '../../src/protocol/messages.js';
import { readAnswer, readServerMessage } from '../../src/protocol/read-server-message.js';
import { junk } from '../fakes/signaling/junk.js';
import { participantAt } from '../fakes/ui/call-states.js';

const self = participantAt(0);
const failure = { code: 'ROOM_FULL', message: 'Full.' };

const messages: readonly Readonly<Record<string, unknown>>[] = [
  { type: 'ack', id: 1, answer: { delivered: true } },
  { type: 'ack', id: 2, error: failure },
  { type: 'participant-joined', participant: self },
  { type: 'participant-left', participantId: 'a' },
  { type: 'participant-updated', participantId: 'a', changes: { audioMuted: true }, by: null },
  { type: 'signal', from: 'a', epoch: 0, data: { type: 'rebuild' } },
  { type: 'video-requested', by: 'a' },
  { type: 'video-request-ended' },
  { type: 'switched-to-video', initiator: 'a', responder: 'b' },
  { type: 'transport-changed', generation: 1 },
  { type: 'transport-settled', generation: 1 },
  { type: 'closing', error: failure },
];

const joined = {
  sessionId: 's',
  self,
  participants: [participantAt(1), participantAt(2)],
  resume: 'r',
  transport: 'mesh',
  generation: 0,
  iceServers: [{ urls: 'stun:stun.example' }],
  graceMs: 1,
  serverId: 'x',
};

const refusal = (read: () => unknown): string | undefined => {
  try {
    read();
    return undefined;
  } catch (error) {
    assert.ok(error instanceof CallError, String(error));
    return error.code;
  }
};

/** The value without one of its members, or with another in its place, at any depth; lists by their first. */
function* spoiled(value: unknown): Generator<unknown> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, each] of Object.entries(value)) {
    const others = Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
    if (!Array.isArray(value)) yield others;
    for (const inner of [null, [each], ...spoiled(each)])
      yield Array.isArray(value)
        ? value.map((one: unknown, at) => (String(at) === key ? inner : one))
        : { ...others, [key]: inner };
  }
}

describe('what the server says, as the browser reads it', () => {
  for (const message of messages)
    it(`takes ${JSON.stringify(message).slice(0, 60)} as it is, and what a newer server adds`, () => {
      assert.ok(v.safeParse(serverMessage, message).success);
      assert.deepEqual(readServerMessage(JSON.stringify(message)), message);
      assert.equal(
        refusal(() => readServerMessage(JSON.stringify({ ...message, more: 1 }))),
        undefined,
      );
    });

  it('knows every message of the contract', () => {
    const types = serverMessage.options.map(({ entries }) => entries.type.literal);
    assert.deepEqual([...new Set(messages.map(({ type }) => type))].sort(), [...types].sort());
  });

  it('refuses what is no message, and says of which kind it is', () => {
    for (const text of ['', '{', 'null', '7', '[]', '"ack"', '{"type":"toString"}', '{"type":"hello"}'])
      assert.match(String(refusal(() => readServerMessage(text))), /^MESSAGE_/, text);
    assert.equal(
      refusal(() => readServerMessage('{"type":"hello"}')),
      'MESSAGE_UNKNOWN',
    );
    assert.equal(
      refusal(() => readServerMessage('{"type":"ack"}')),
      'MESSAGE_MALFORMED',
    );
  });

  it('throws nothing else, whatever it is given', () => {
    for (const value of [
      ...junk(['ack', 'signal', 'type'], 2000),
      ...messages.flatMap((each) => [...spoiled(each)]),
    ])
      refusal(() => readServerMessage(JSON.stringify(value) ?? ''));
  });

  it('takes a grant for either transport, and none for a third', () => {
    const { iceServers, ...rest } = joined;
    const sfu = { ...rest, transport: 'sfu', url: 'wss://sfu.example', token: 't' };
    assert.ok(v.safeParse(answers.join, sfu).success);
    assert.equal(readAnswer('join', sfu), sfu);
    const grant = { generation: 3, transport: 'mesh', iceServers };
    assert.ok(v.safeParse(answers['get-transport'], grant).success);
    assert.equal(readAnswer('get-transport', grant), grant);
    for (const wrong of [
      { ...sfu, token: 1 },
      { ...sfu, transport: 'mesh' },
      { ...sfu, transport: 'toString' },
    ])
      assert.equal(
        refusal(() => readAnswer('join', wrong)),
        'MESSAGE_MALFORMED',
      );
  });

  it('takes the answers of the contract, and no others', () => {
    assert.ok(v.safeParse(answers.join, joined).success);
    assert.equal(readAnswer('join', joined), joined);
    assert.deepEqual(readAnswer('signal', { delivered: false }), { delivered: false });
    assert.equal(readAnswer('update', { any: 'thing' }), undefined);
    for (const name of ['self', 'participants', 'resume', 'transport', 'iceServers', 'graceMs'])
      for (const other of [undefined, null, 'other', {}, [null]])
        if (name !== 'resume' || typeof other !== 'string')
          assert.equal(
            refusal(() => readAnswer('join', { ...joined, [name]: other })),
            'MESSAGE_MALFORMED',
            `${name}: ${JSON.stringify(other)}`,
          );
    assert.equal(
      refusal(() => readAnswer('join', undefined)),
      'MESSAGE_MALFORMED',
    );
    assert.equal(
      refusal(() => readAnswer('signal', { delivered: 'yes' })),
      'MESSAGE_MALFORMED',
    );
  });
});
