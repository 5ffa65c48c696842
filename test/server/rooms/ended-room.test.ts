import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CallError } from '../../../src/domain/call-error.js';
import { expireParticipants } from '../../../src/server/rooms/transitions/room-participants.js';
import { at, grace, come, roomOf, away, over } from './room-cases.js';

describe('a call that was ended for everyone', () => {
  const room = over(away(roomOf('a', 'b', 'c'), 'c'), 'a').room;

  it('has no participants', () => assert.deepEqual(room.participants, []));

  it('says that it was ended', () => {
    const [outbound] = over(roomOf('a', 'b'), 'a').outbound;
    assert.ok(outbound?.message.type === 'closing');
    assert.equal(outbound.message.error.code, 'SESSION_ENDED');
  });

  it('is not resumed by those who were away', () =>
    assert.throws(
      () => come(room, 'c', { seat: { id: 'c', order: room.lastOrder, joinedAt: at } }),
      (error) => error instanceof CallError && error.code === 'SESSION_ENDED',
    ));

  it('can be begun anew', () => {
    const { room: again } = come(room, 'd');
    assert.deepEqual(
      again.participants.map(({ id }) => id),
      ['d'],
    );
  });

  it('is forgotten when no resume is possible any more', () => {
    assert.notEqual(expireParticipants(room, at + grace - 1).room.endedSession, null);
    assert.equal(expireParticipants(room, at + grace).room.endedSession, null);
  });

  it('cannot be ended from outside', () =>
    assert.throws(
      () => over(roomOf('a'), 'z'),
      (error) => error instanceof CallError && error.code === 'PARTICIPANT_NOT_FOUND',
    ));
});
