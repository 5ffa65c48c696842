import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultRingMs, legOf } from '../../../src/domain/ring/ring-call.js';
import { ringEvent, viewOf, type RingEvent } from '../../../src/domain/ring/ring-view.js';
import { Network } from './ring-network.js';

describe('what pages receive', () => {
  /** What the page `id` hears when `act` follows `before`. */
  const received = (id: string, before: (net: Network) => void, act: (net: Network) => void) => {
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
    it(`${title}: ${event ?? 'silence'}`, () => assert.equal(received(page, before, act), event));

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
