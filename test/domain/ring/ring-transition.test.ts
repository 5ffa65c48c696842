import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultRingMs, type RingCall } from '../../../src/domain/ring/ring-call.js';
import type { RingRefusal } from '../../../src/domain/ring/ring-facts.js';
import { device, Network } from './ring-network.js';

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
    title: 'the page of the caller was closed: it rings no longer',
    acts: (net) => [net.call('a1', 'b'), net.do({ type: 'page-closed', device: device('a1') })],
    ends: { s1: 'cancelled' },
  },
  {
    title: 'the page of the callee was closed during the call',
    acts: (net) => [
      net.call('a1', 'b'),
      net.accept('b1'),
      net.do({ type: 'page-closed', device: device('b1') }),
    ],
    ends: { s1: 'ended' },
  },
  {
    title: 'a page that was closed after the call moved to another one ends nothing',
    acts: (net) => [
      net.call('a1', 'b'),
      net.accept('b1'),
      net.do({ type: 'page-closed', device: device('b2') }),
    ],
    ends: { s1: 'ongoing' },
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
    title: 'the same device calls another user: it has given up the first call',
    acts: (net) => [net.call('a1', 'b'), net.call('a1', 'c')],
    ends: { s1: 'cancelled', s2: 'initiated' },
  },
  {
    title: 'a busy user’s devices ring, and accepting ends the other call',
    acts: (net) => [net.call('a1', 'b'), net.accept('b1'), net.call('c1', 'b'), net.accept('b1', 's2')],
    ends: { s1: 'ended', s2: 'ongoing' },
  },
  {
    title: 'users cannot call themselves',
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

  it('notifies all concerned of each change', () => {
    const net = new Network();
    const placed = net.call('a1', 'g', { group: ['b', 'c'] });
    assert.deepEqual(
      placed.messages.map(({ to }) => to),
      ['a', 'b', 'c'],
    );
    assert.deepEqual(net.wait(1).messages, []);
  });
});
