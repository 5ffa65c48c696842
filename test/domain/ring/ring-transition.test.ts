import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultRingMs, legOf, type RingCall } from '../../../src/domain/ring/ring-call.js';
import type {
  RingDevice,
  RingFact,
  RingRefusal,
  RingState,
  RingTransitionResult,
} from '../../../src/domain/ring/ring-facts.js';
import { ringEvent, viewOf, type RingEvent } from '../../../src/domain/ring/ring-view.js';
import { ringTransition } from '../../../src/domain/ring/ring-transition.js';

const device = (id: string): RingDevice => ({ uid: id.charAt(0), deviceId: id });
const user = (uid: string) => ({ uid, name: uid.toUpperCase(), avatar: '' });

/** A little phone network: `at` moves by one ms per act unless told otherwise. */
class Network {
  state: RingState = new Map();
  at = 1000;
  calls = 0;
  last: RingTransitionResult | undefined;

  do(fact: Distribute<RingFact>): RingTransitionResult {
    this.at += 1;
    this.last = ringTransition(this.state, { ...fact, at: this.at } as RingFact);
    this.state = this.last.state;
    return this.last;
  }
  call(from: string, to: string, more: { key?: string; group?: string[] } = {}): RingTransitionResult {
    this.calls += 1;
    return this.do({
      type: 'call-placed',
      by: device(from),
      initiator: user(from.charAt(0)),
      receiver: more.group ? { type: 'group', guid: to, name: to } : { type: 'user', uid: to },
      callees: (more.group ?? [to]).map(user),
      callType: 'video',
      sessionId: `s${this.calls}`,
      key: more.key ?? `k${this.calls}`,
      ringMs: defaultRingMs,
      metadata: null,
    });
  }
  accept(by: string, sessionId = 's1'): RingTransitionResult {
    return this.do({ type: 'call-accepted', by: device(by), user: user(by.charAt(0)), sessionId });
  }
  reject(by: string, sessionId = 's1', busy = false): RingTransitionResult {
    return this.do({ type: 'call-rejected', by: device(by), sessionId, busy });
  }
  hangUp(by: string, sessionId = 's1'): RingTransitionResult {
    return this.do({ type: 'call-hung-up', by: device(by), sessionId });
  }
  wait(ms: number): RingTransitionResult {
    this.at += ms;
    return this.do({ type: 'time-passed' });
  }
}
type Distribute<Fact> = Fact extends unknown ? Omit<Fact, 'at'> : never;

interface Case {
  readonly title: string;
  readonly acts: (net: Network) => void;
  /** Status of each call, in the order of placing. */
  readonly ends: Readonly<Record<string, RingCall['status']>>;
  /** The refusal of the last act. */
  readonly refusal?: RingRefusal | null;
}

const cases: readonly Case[] = [
  { title: 'a call rings', acts: (net) => net.call('a1', 'b'), ends: { s1: 'initiated' } },
  { title: 'accepted', acts: (net) => [net.call('a1', 'b'), net.accept('b1')], ends: { s1: 'ongoing' } },
  {
    title: 'accepting twice on one device is accepting once',
    acts: (net) => [net.call('a1', 'b'), net.accept('b1'), net.accept('b1')],
    ends: { s1: 'ongoing' },
  },
  {
    title: 'the second device of the callee comes too late',
    acts: (net) => [net.call('a1', 'b'), net.accept('b1'), net.accept('b2')],
    ends: { s1: 'ongoing' },
    refusal: 'CALL_ANSWERED_ELSEWHERE',
  },
  {
    title: 'a late rejection of the other device changes nothing',
    acts: (net) => [net.call('a1', 'b'), net.accept('b1'), net.reject('b2')],
    ends: { s1: 'ongoing' },
  },
  { title: 'rejected', acts: (net) => [net.call('a1', 'b'), net.reject('b1')], ends: { s1: 'rejected' } },
  { title: 'busy', acts: (net) => [net.call('a1', 'b'), net.reject('b1', 's1', true)], ends: { s1: 'busy' } },
  { title: 'cancelled', acts: (net) => [net.call('a1', 'b'), net.reject('a1')], ends: { s1: 'cancelled' } },
  {
    title: 'hanging up while it rings cancels',
    acts: (net) => [net.call('a1', 'b'), net.hangUp('a1')],
    ends: { s1: 'cancelled' },
  },
  {
    title: 'cancel and accept cross: the accepted call is hung up',
    acts: (net) => [net.call('a1', 'b'), net.accept('b1'), net.reject('a1')],
    ends: { s1: 'ended' },
  },
  {
    title: 'accept after cancel',
    acts: (net) => [net.call('a1', 'b'), net.reject('a1'), net.accept('b1')],
    ends: { s1: 'cancelled' },
    refusal: 'CALL_OVER',
  },
  {
    title: 'unanswered, though the caller’s page died',
    acts: (net) => [
      net.call('a1', 'b'),
      net.do({ type: 'device-gone', device: device('a1') }),
      net.wait(defaultRingMs),
    ],
    ends: { s1: 'unanswered' },
  },
  {
    title: 'an accept after the time-out is too late, even when no clock has said so',
    acts: (net) => [net.call('a1', 'b'), (net.at += defaultRingMs), net.accept('b1')],
    ends: { s1: 'unanswered' },
    refusal: 'CALL_OVER',
  },
  {
    title: 'ended by the callee',
    acts: (net) => [net.call('a1', 'b'), net.accept('b1'), net.hangUp('b1')],
    ends: { s1: 'ended' },
  },
  {
    title: 'ending twice is ending once',
    acts: (net) => [net.call('a1', 'b'), net.accept('b1'), net.hangUp('b1'), net.hangUp('a1')],
    ends: { s1: 'ended' },
    refusal: null,
  },
  {
    title: 'glare: the later call answers the earlier',
    acts: (net) => [net.call('a1', 'b'), net.call('b1', 'a')],
    ends: { s1: 'ongoing' },
  },
  {
    title: 'the same request twice places one call',
    acts: (net) => [net.call('a1', 'b', { key: 'x' }), net.call('a1', 'b', { key: 'x' })],
    ends: { s1: 'initiated' },
  },
  {
    title: 'glare, and the answer to the later call was lost: it is sent again',
    acts: (net) => [
      net.call('a1', 'b'),
      net.call('b1', 'a', { key: 'x' }),
      net.call('b1', 'a', { key: 'x' }),
    ],
    ends: { s1: 'ongoing' },
    refusal: null,
  },
  {
    title: 'the key of another’s call opens nothing',
    acts: (net) => [net.call('a1', 'b', { key: 'x' }), net.call('c1', 'd', { key: 'x' })],
    ends: { s1: 'initiated', s2: 'initiated' },
  },
  {
    title: 'another device of a user who is calling',
    acts: (net) => [net.call('a1', 'b'), net.call('a2', 'c')],
    ends: { s1: 'initiated' },
    refusal: 'CALL_ALREADY_INITIATED',
  },
  {
    title: 'another device of a user who is in a call',
    acts: (net) => [net.call('a1', 'b'), net.accept('b1'), net.call('b2', 'c')],
    ends: { s1: 'ongoing' },
    refusal: 'CALL_IN_PROGRESS',
  },
  {
    title: 'the same device calls somebody else: it has given up the first call',
    acts: (net) => [net.call('a1', 'b'), net.call('a1', 'c')],
    ends: { s1: 'cancelled', s2: 'initiated' },
  },
  {
    title: 'a busy user’s devices ring, and accepting ends the other call',
    acts: (net) => [net.call('a1', 'b'), net.accept('b1'), net.call('c1', 'b'), net.accept('b1', 's2')],
    ends: { s1: 'ended', s2: 'ongoing' },
  },
  {
    title: 'nobody can be called by themselves',
    acts: (net) => net.call('a1', 'a'),
    ends: {},
    refusal: 'INVALID_ARGUMENT',
  },
  {
    title: 'strangers find no call',
    acts: (net) => [net.call('a1', 'b'), net.accept('c1')],
    ends: { s1: 'initiated' },
    refusal: 'CALL_NOT_FOUND',
  },
  {
    title: 'group: the first accept makes it ongoing, the others may follow',
    acts: (net) => [net.call('a1', 'g', { group: ['b', 'c'] }), net.accept('b1'), net.accept('c1')],
    ends: { s1: 'ongoing' },
  },
  {
    title: 'group: one rejection concerns one member',
    acts: (net) => [net.call('a1', 'g', { group: ['b', 'c'] }), net.reject('b1')],
    ends: { s1: 'initiated' },
  },
  {
    title: 'group: unanswered when all have rejected',
    acts: (net) => [net.call('a1', 'g', { group: ['b', 'c'] }), net.reject('b1'), net.reject('c2')],
    ends: { s1: 'unanswered' },
  },
  {
    title: 'group: who rejected or missed it may still join',
    acts: (net) => [
      net.call('a1', 'g', { group: ['b', 'c'] }),
      net.reject('c1'),
      net.accept('b1'),
      net.wait(defaultRingMs),
      net.accept('c1'),
    ],
    ends: { s1: 'ongoing' },
    refusal: null,
  },
  {
    title: 'group: it outlives one leaver, and ends with the last but one',
    acts: (net) => [
      net.call('a1', 'g', { group: ['b', 'c'] }),
      net.accept('b1'),
      net.accept('c1'),
      net.hangUp('a1'),
      net.hangUp('b1'),
    ],
    ends: { s1: 'ended' },
  },
  {
    title: 'group: calling a group that is being called joins its call',
    acts: (net) => [net.call('a1', 'g', { group: ['b', 'c'] }), net.call('b1', 'g', { group: ['a', 'c'] })],
    ends: { s1: 'ongoing' },
  },
  {
    title: 'a page that vanished during a call ends it',
    acts: (net) => [
      net.call('a1', 'b'),
      net.accept('b1'),
      net.do({ type: 'device-gone', device: device('b1') }),
    ],
    ends: { s1: 'ended' },
  },
  {
    title: 'another page of that user vanishing does not',
    acts: (net) => [
      net.call('a1', 'b'),
      net.accept('b1'),
      net.do({ type: 'device-gone', device: device('b2') }),
    ],
    ends: { s1: 'ongoing' },
  },
  {
    title: 'a call goes on in a reopened page',
    acts: (net) => [
      net.call('a1', 'b'),
      net.accept('b1'),
      net.do({ type: 'call-taken-over', by: device('b2'), sessionId: 's1' }),
      net.do({ type: 'device-gone', device: device('b1') }),
    ],
    ends: { s1: 'ongoing' },
  },
  {
    title: 'an empty media session ends the call',
    acts: (net) => [
      net.call('a1', 'b'),
      net.accept('b1'),
      net.do({ type: 'session-emptied', sessionId: 's1' }),
    ],
    ends: { s1: 'ended' },
  },
];

describe('ring', () => {
  for (const { title, acts, ends, refusal = null } of cases)
    it(`${title}: ${refusal ?? (Object.values(ends).join(', ') || 'nothing')}`, () => {
      const net = new Network();
      acts(net);
      const statuses = [...net.state.values()].map(({ sessionId, status }) => [sessionId, status]);
      assert.deepEqual(Object.fromEntries(statuses), ends);
      assert.equal(net.last?.refusal, refusal);
    });

  it('tells everybody concerned of each change', () => {
    const net = new Network();
    const placed = net.call('a1', 'g', { group: ['b', 'c'] });
    assert.deepEqual(
      placed.messages.map(({ to }) => to),
      ['a', 'b', 'c'],
    );
    assert.deepEqual(net.wait(1).messages, []);
  });
});

describe('what pages are told', () => {
  /** What the page `id` hears when `act` follows `before`. */
  const heard = (id: string, before: (net: Network) => void, act: (net: Network) => void) => {
    const net = new Network();
    before(net);
    const view = () => {
      const call = net.state.get('s1');
      return call && viewOf(call, id.charAt(0), net.at);
    };
    const previous = view();
    act(net);
    const next = view();
    return next && ringEvent(previous, next, id);
  };
  const ringing = (net: Network) => net.call('a1', 'b');
  const answered = (net: Network) => [net.call('a1', 'b'), net.accept('b1')];
  const rows: readonly [string, string, (net: Network) => void, (net: Network) => void, RingEvent?][] = [
    ['the callee’s pages ring', 'b1', () => undefined, ringing, 'incoming'],
    ['the caller’s pages do not', 'a2', () => undefined, ringing],
    ['the calling page hears the answer', 'a1', ringing, (net) => net.accept('b1'), 'accepted'],
    ['the caller’s other pages do not', 'a2', ringing, (net) => net.accept('b1')],
    ['the answering page needs no telling', 'b1', ringing, (net) => net.accept('b1')],
    ['the callee’s other page stops ringing', 'b2', ringing, (net) => net.accept('b1'), 'incoming-cancelled'],
    ['rejected', 'a1', ringing, (net) => net.reject('b1'), 'rejected'],
    ['rejecting silences the other page', 'b2', ringing, (net) => net.reject('b1'), 'incoming-cancelled'],
    ['the rejecting page needs no telling', 'b1', ringing, (net) => net.reject('b1')],
    ['cancelled', 'b1', ringing, (net) => net.reject('a1'), 'incoming-cancelled'],
    ['unanswered, caller', 'a1', ringing, (net) => net.wait(defaultRingMs), 'rejected'],
    ['unanswered, callee', 'b2', ringing, (net) => net.wait(defaultRingMs), 'incoming-cancelled'],
    ['hung up by the other', 'a1', answered, (net) => net.hangUp('b1'), 'ended'],
    ['the page that hung up needs no telling', 'b1', answered, (net) => net.hangUp('b1')],
    ['hung up on another page of one’s own', 'b1', answered, (net) => net.hangUp('b2'), 'ended'],
    ['cancelled on another page of one’s own', 'a1', ringing, (net) => net.reject('a2'), 'rejected'],
    [
      'a call that is over when a page learns of it',
      'b1',
      () => undefined,
      (net) => [ringing(net), net.reject('a1')],
    ],
    [
      'answered and ended during a gap',
      'a1',
      ringing,
      (net) => [net.accept('b1'), net.hangUp('b1')],
      'ended',
    ],
  ];
  for (const [title, page, before, act, event] of rows)
    it(`${title}: ${event ?? 'silence'}`, () => assert.equal(heard(page, before, act), event));

  it('hides the devices of others', () => {
    const net = new Network();
    answered(net);
    const call = net.state.get('s1');
    assert.ok(call);
    assert.equal(legOf(call, 'b')?.deviceId, 'b1');
    assert.ok(!JSON.stringify(viewOf(call, 'a', net.at)).includes('b1'));
    assert.equal(viewOf(call, 'z', net.at), undefined);
  });

  it('tells of the members of a group no more than their uid, before they take part', () => {
    const net = new Network();
    const named = (by: string) => {
      const call = net.state.get('s1');
      return call && viewOf(call, by, net.at)?.parties.map(({ name }) => name);
    };
    net.call('a1', 'g', { group: ['b', 'c'] });
    assert.deepEqual(named('a'), ['A', 'b', 'c']);
    assert.deepEqual(named('b'), ['A', 'B', 'c'], 'nor to each other');
    net.accept('b1');
    net.reject('c1');
    assert.deepEqual(named('a'), ['A', 'B', 'c']);
    net.call('a1', 'b');
    assert.equal(
      net.last?.call && viewOf(net.last.call, 'a', net.at)?.parties[1]?.name,
      'B',
      'one is rung by name',
    );
  });
});
