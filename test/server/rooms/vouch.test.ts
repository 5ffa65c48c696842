import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { expireParticipants, vouchFor } from '../../../src/server/rooms/transitions/room-participants.js';
import { at, grace, roomOf, away } from './room-cases.js';

describe('a vouch for a disconnected participant', () => {
  const later = at + 2 * grace;
  it('keeps it for longer, and never for less long', () => {
    const room = away(roomOf('a', 'b'), 'a');
    const kept = vouchFor(room, 'a', later).room;
    assert.equal(expireParticipants(kept, at + grace).room.participants.length, 2);
    assert.equal(expireParticipants(kept, later).room.participants.length, 1);
    assert.equal(vouchFor(kept, 'a', at).room, kept);
  });

  it('means nothing for one who is connected, and nothing is sent', () => {
    const room = roomOf('a', 'b');
    assert.equal(vouchFor(room, 'a', later).room, room);
    assert.deepEqual(vouchFor(away(room, 'a'), 'a', later).outbound, []);
  });

  it('is refused for one who has left', () => {
    assert.throws(() => vouchFor(roomOf('b'), 'a', later), { code: 'PARTICIPANT_NOT_FOUND' });
  });
});
