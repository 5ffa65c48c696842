import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CallFact } from '../../../src/domain/call/call-facts.js';
import { isActive, type CallState } from '../../../src/domain/call/call-state.js';
import { transition } from '../../../src/domain/call/transition.js';
import { participant } from '../../fakes/ui/participants.js';
import { at, joinedCall, run, updated, pair, away, cases } from './transition-cases.js';

const raised = (from: CallState, fact: CallFact): readonly string[] =>
  transition(from, fact).events.map(({ name }) => name);

describe('transition', () => {
  for (const { title, from, fact, raises } of cases)
    it(`${title}: ${raises.join(', ') || 'silence'}`, () => assert.deepEqual(raised(from, fact), raises));

  it('keeps all in the order of joining, in whatever order they are reported', () => {
    const late = run(
      joinedCall(['c', 'a'], 'c'),
      { type: 'participant-joined', participant: participant('d') },
      { type: 'participant-joined', participant: participant('b') },
    );
    assert.ok(isActive(late));
    assert.deepEqual([...late.participants.keys()], ['a', 'b', 'c', 'd']);
  });

  for (const [others, ends] of [
    [['b'], true],
    [['b', 'c'], false],
  ] as const)
    it(`ends a call of two whose second participant came later and leaves: ${others.length + 1} were there`, () => {
      const joined = others.map((id): CallFact => ({
        type: 'participant-joined',
        participant: participant(id),
      }));
      const left = others.map((id): CallFact => ({ type: 'participant-left', id }));
      const last = run(joinedCall(['a']), ...joined, ...left.slice(0, -1));
      assert.equal(raised(last, left.at(-1)!).includes('onCallEnded'), ends);
    });

  it('says who was muted and by whom', () => {
    const [event] = transition(pair, updated('a', { audioMuted: true }, 'b')).events;
    assert.ok(event?.name === 'onUserMuted');
    assert.equal(event.detail.muted.uid, 'uid-a');
    assert.equal(event.detail.muted.isAudioMuted, true);
    assert.equal(event.detail.mutedBy.uid, 'uid-b');
  });

  it('forgets everything about a participant who left', () => {
    const state = run(
      pair,
      { type: 'link-changed', id: 'b', state: 'connected' },
      { type: 'quality-changed', id: 'b', quality: 4 },
      { type: 'tile-pinned', tile: { participantId: 'b', source: 'camera' } },
      { type: 'video-requested', by: 'b' },
      { type: 'participant-left', id: 'b' },
    );
    assert.ok(isActive(state));
    assert.deepEqual(
      [state.links.size, state.qualities.size, state.pinned, state.videoRequest],
      [0, 0, null, null],
    );
  });

  it('is busy while the wish and the fact differ, and says why it failed', () => {
    const wanted = run(pair, { type: 'media-wanted', source: 'camera', on: true });
    assert.deepEqual(wanted.local.camera, { wanted: true, actual: false });
    const failed = run(wanted, {
      type: 'media-settled',
      source: 'camera',
      on: false,
      failure: 'MEDIA_DENIED',
    });
    assert.deepEqual(failed.local.camera, { wanted: false, actual: false });
    assert.equal(failed.local.failures.camera, 'MEDIA_DENIED');
    const solved = run(failed, { type: 'media-settled', source: 'camera', on: true });
    assert.equal('camera' in solved.local.failures, false);
  });

  it('counts the seconds in the call', () => {
    const state = run(pair, { type: 'ended', reason: 'left', at: at + 61_400 });
    assert.ok(state.phase === 'ended');
    assert.equal(state.duration, 61);
  });

  it('keeps a participant who had to join anew as the same person', () => {
    const snapshot = { sessionId: 's', self: participant('q'), participants: [participant('b')] };
    const { state, events } = transition(away, { type: 'connection-restored', snapshot, absent: [] });
    assert.ok(isActive(state));
    assert.equal(state.selfId, 'q');
    assert.deepEqual([...state.participants.keys()], ['b', 'q']);
    assert.deepEqual(
      events.map(({ name }) => name),
      ['onConnectionRestored'],
    );
  });
});
