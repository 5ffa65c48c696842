import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HistoryEntry, RoomEntry } from '../../../src/domain/history/history-entry.js';
import { RoomDiary, short } from '../harness/room-diary.js';

const cases: readonly {
  readonly title: string;
  readonly acts: (diary: RoomDiary) => void;
  readonly facts: readonly string[];
}[] = [
  {
    title: 'a call starts with its first participant and ends with its last',
    acts: (room) => room.join('a').join('b').leave('a').leave('b'),
    facts: ['call-started', 'joined a', 'joined b', 'left a: left', 'left b: left', 'call-ended'],
  },
  {
    title: 'a participant who does not come back was disconnected',
    acts: (room) => room.join('a').join('b').disconnect('a').wait(31_000).expire(),
    facts: ['call-started', 'joined a', 'joined b', 'left a: disconnected'],
  },
  {
    title: 'a participant who comes back has not left',
    acts: (room) => room.join('a').join('b').disconnect('a').wait(1000).resume('a'),
    facts: ['call-started', 'joined a', 'joined b'],
  },
  {
    title: 'the session is ended for all',
    acts: (room) => room.join('a').join('b').end('a'),
    facts: [
      'call-started',
      'joined a',
      'joined b',
      'left a: ended-for-all',
      'left b: ended-for-all',
      'call-ended',
    ],
  },
  {
    title: 'a screen is shared and no longer shared',
    acts: (room) => room.join('a').update('a', { screenSharing: true }).update('a', { screenSharing: false }),
    facts: ['call-started', 'joined a', 'screen-share-started a', 'screen-share-ended a'],
  },
  {
    title: 'a participant who leaves no longer shares and records',
    acts: (room) => room.join('a').update('a', { screenSharing: true, recording: true }).leave('a'),
    facts: [
      'call-started',
      'joined a',
      'screen-share-started a',
      'recording-started a',
      'screen-share-ended a',
      'recording-ended a',
      'left a: left',
      'call-ended',
    ],
  },
  {
    title: 'muting is not recorded',
    acts: (room) => room.join('a').update('a', { audioMuted: true }),
    facts: ['call-started', 'joined a'],
  },
];

const lastOf = (entries: readonly HistoryEntry[]): RoomEntry => entries.at(-1) as RoomEntry;

describe('The history of a room', () => {
  for (const { title, acts, facts } of cases)
    it(title, () => {
      const diary = new RoomDiary();
      acts(diary);
      assert.deepEqual(
        diary.entries.flatMap((entry) => (entry as RoomEntry).facts.map(short)),
        facts,
      );
    });

  it('tells minutes with video from those without, and not those without a connection', () => {
    const diary = new RoomDiary();
    diary.join('a', { videoPaused: true }).wait(10_000).update('a', { videoPaused: false }).wait(20_000);
    diary.disconnect('a').wait(5000).resume('a', { videoPaused: true }).wait(2000).leave('a');
    const left = lastOf(diary.entries).facts.find(({ type }) => type === 'member-left');
    assert.ok(left?.type === 'member-left');
    assert.deepEqual([left.audioMs, left.videoMs], [12_000, 20_000]);
    assert.equal(lastOf(diary.entries).call.videoMs, 20_000);
  });

  it('gives each call in a session an id of its own', () => {
    const diary = new RoomDiary();
    diary.join('a').leave('a').wait(1).join('a').leave('a');
    assert.deepEqual([...new Set(diary.entries.map(({ callId }) => callId))], ['call-1', 'call-2']);
  });

  it('is that of the ringing call in whose session it takes place', () => {
    const diary = new RoomDiary('ring-x');
    diary.join('a').leave('a');
    assert.deepEqual(
      diary.entries.map(({ callId }) => callId),
      ['ring-x', 'ring-x'],
    );
    assert.equal(lastOf(diary.entries).call.category, 'call');
  });

  it('goes on under the same id, with higher numbers, when a restarted server has lost the room', () => {
    const before = new RoomDiary();
    before.join('a').join('b');
    const call = before.room.call;
    assert.ok(call);
    const after = new RoomDiary('s', { at: before.at + 1000, continued: call });
    after.join('a').leave('a');
    const [first] = after.entries;
    assert.equal(first?.callId, 'call-1');
    assert.equal((first as RoomEntry).call.startedAt, call.startedAt);
    assert.ok(Number(first?.seq) > Number(before.entries.at(-1)?.seq));
  });

  it('numbers entries without a gap in their order, also within one millisecond', () => {
    const diary = new RoomDiary();
    diary.join('a').join('b').join('c');
    const seqs = diary.entries.map(({ seq }) => seq);
    assert.deepEqual(
      seqs,
      [...new Set(seqs)].sort((a, b) => a - b),
    );
    assert.equal(seqs.length, 3);
  });
});
