import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PendingRequests } from '../../../src/signaling/websocket/pending-requests.js';
import { relayedSignal } from '../../../src/server/rooms/transport/relayed-signal.js';

const signal = {
  type: 'signal',
  id: 7,
  ack: 'on-failure',
  to: 'bob',
  epoch: 2,
  data: { type: 'offer', sdp: 'v=0\n' },
} as const;
const { type, id, ack, to, epoch, data } = signal;
const relayed = { type, from: 'ada', epoch, data };

const cases: readonly (readonly [string, string])[] = [
  ['in the form of our clients', JSON.stringify({ id, ack, type, to, epoch, data })],
  [
    'with members after its data',
    `${JSON.stringify({ id, ack, type, to, epoch, data }).slice(0, -1)},"from":"eve"}`,
  ],
  ['in another order', JSON.stringify(signal)],
  ['with blanks', JSON.stringify({ id, ack, type, to, epoch, data }, null, 2)],
  ['with a blank at its end', `${JSON.stringify({ id, ack, type, to, epoch, data })} `],
];

describe('A relayed signal', () => {
  for (const [title, text] of cases)
    it(`${title} is the same for its receiver`, () => {
      const sent = JSON.parse(relayedSignal('ada', signal, text)) as object;
      assert.deepEqual(sent, { ...sent, ...relayed });
    });

  it('that our client sends is not serialized anew', () => {
    const texts: string[] = [];
    const requests = new PendingRequests((text) => texts.push(text));
    void requests.request({ type, to, epoch, data }, 1000);
    const [text = ''] = texts;
    const sent = { ...signal, id: (JSON.parse(text) as { id: number }).id };
    assert.match(relayedSignal('ada', sent, text), /^\{"data":/);
  });

  it('keeps the text of its data', () => {
    const text = `{"id":7,"ack":"on-failure","type":"signal","to":"bob","epoch":2,"data":{ "type" : "offer","sdp":"\\u0076"}}`;
    assert.match(relayedSignal('ada', signal, text), /^\{"data":\{ "type" : "offer","sdp":"\\u0076"\},/);
  });
});
