import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { clientMessage, maxSdpLength } from '../../src/protocol/messages.js';
import { parseClientMessage } from '../../src/protocol/parse-message.js';

/** Values that are at or beyond a limit in one place or another. */
const values: readonly unknown[] = [
  ...[undefined, null, true, 0, 1, -1, 1.5, 2 ** 53, '', 'x', 'x'.repeat(64), 'x'.repeat(65), [], {}],
  ...[
    'v'.repeat(maxSdpLength),
    'v'.repeat(maxSdpLength + 1),
    'offer',
    'answer',
    'rebuild',
    'signal',
    'ping',
    'on-failure',
  ],
];
const valid = {
  type: 'signal',
  id: 1,
  ack: 'on-failure',
  to: 'b',
  epoch: 2,
  data: { type: 'offer', sdp: 'v=0' },
};

describe('a signal that is parsed on the short way', () => {
  const variants = [
    ...Object.keys(valid).flatMap((key) => values.map((value) => ({ ...valid, [key]: value }))),
    ...Object.keys(valid.data).flatMap((key) =>
      values.map((value) => ({ ...valid, data: { ...valid.data, [key]: value } })),
    ),
    { ...valid, surplus: 1, data: { ...valid.data, surplus: 1 } },
    ...values,
  ];
  it(`is accepted, stripped and refused as the schema says (${variants.length} variants)`, () => {
    for (const variant of variants) {
      const text = JSON.stringify(variant) ?? 'null';
      const { success, output } = v.safeParse(clientMessage, JSON.parse(text));
      if (success) assert.deepEqual(parseClientMessage(text), output);
      else assert.throws(() => parseClientMessage(text), { name: 'CallError' }, text.slice(0, 100));
    }
  });
});
