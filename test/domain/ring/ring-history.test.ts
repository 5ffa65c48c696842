import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RingHistoryFact } from '../../../src/domain/history/history-entry.js';
import type { RingFact, RingState } from '../../../src/domain/ring/ring-facts.js';
import { ringTransition } from '../../../src/domain/ring/ring-transition.js';

const user = (uid: string) => ({ uid, name: uid.toUpperCase(), avatar: '' });
const by = (uid: string) => ({ uid, deviceId: `${uid}1` });

const sessionId = 'ring-1';
const placed = (callees: readonly string[]): RingFact => ({
  type: 'call-placed',
  ...{ by: by('a'), initiator: user('a'), callees: callees.map(user), sessionId, key: 'k', ringMs: 45_000 },
  ...{ callType: 'video', metadata: null, at: 1000 },
  receiver:
    callees.length > 1 ? { type: 'group', guid: 'g', name: 'G' } : { type: 'user', uid: callees[0] ?? '' },
});
const accepted = (uid: string, at = 2000): RingFact => ({
  type: 'call-accepted',
  ...{ by: by(uid), user: user(uid), sessionId, at },
});
const rejected = (uid: string, busy = false): RingFact => ({
  type: 'call-rejected',
  ...{ by: by(uid), sessionId, busy, at: 2000 },
});
const hungUp = (uid: string): RingFact => ({ type: 'call-hung-up', by: by(uid), sessionId, at: 9000 });

const short = (fact: RingHistoryFact): string => {
  if (fact.type === 'call-placed') return `placed to ${fact.invited.map(({ uid }) => uid).join()}`;
  return 'user' in fact ? `${fact.type} ${fact.user.uid}` : fact.type;
};

const cases: readonly {
  title: string;
  steps: readonly RingFact[];
  facts: readonly string[];
  status: string;
}[] = [
  {
    title: 'answered and hung up',
    steps: [placed(['b']), accepted('b'), hungUp('a')],
    facts: ['placed to b', 'user-answered b', 'user-left a', 'user-left b', 'call-ended'],
    status: 'ended',
  },
  {
    title: 'no one answers',
    steps: [placed(['b']), { type: 'time-passed', at: 50_000 }],
    facts: ['placed to b', 'user-missed b', 'user-left a', 'call-ended'],
    status: 'unanswered',
  },
  {
    title: 'declined',
    steps: [placed(['b']), rejected('b')],
    facts: ['placed to b', 'user-left a', 'user-declined b', 'call-ended'],
    status: 'rejected',
  },
  {
    title: 'busy',
    steps: [placed(['b']), rejected('b', true)],
    facts: ['placed to b', 'user-left a', 'user-busy b', 'call-ended'],
    status: 'busy',
  },
  {
    title: 'cancelled by the caller: missed by the other',
    steps: [placed(['b']), hungUp('a')],
    facts: ['placed to b', 'user-left a', 'user-missed b', 'call-cancelled', 'call-ended'],
    status: 'cancelled',
  },
  {
    title: 'a group, of which one answers',
    steps: [placed(['b', 'c']), accepted('c'), { type: 'time-passed', at: 50_000 }],
    facts: ['placed to b,c', 'user-answered c', 'user-missed b'],
    status: 'ongoing',
  },
];

describe('The history of a ringing call', () => {
  for (const { title, steps, facts, status } of cases)
    it(title, () => {
      let state: RingState = new Map();
      const entries = steps.flatMap((fact) => {
        const result = ringTransition(state, fact);
        state = result.state;
        return result.history;
      });
      assert.deepEqual(entries.flatMap((entry) => entry.facts.map(short)).sort(), [...facts].sort());
      assert.equal(entries.at(-1)?.call.status, status);
      assert.deepEqual(
        entries.map(({ seq }) => seq),
        entries.map((_, index) => index + 1),
      );
      assert.ok(!JSON.stringify(entries).includes('metadata'), 'what the application sent along stays out');
    });

  it('learns nothing from what changes nothing', () => {
    const first = ringTransition(new Map(), placed(['b']));
    assert.deepEqual(ringTransition(first.state, { type: 'time-passed', at: 1500 }).history, []);
  });
});
