import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CallError } from '../../../src/domain/call-error.js';
import type { ServerPush } from '../../../src/protocol/messages.js';
import {
  disconnectParticipant,
  expireParticipants,
  leaveRoom,
  muteParticipant,
} from '../../../src/server/rooms/transitions/room-participants.js';
import type { RoomTransition } from '../../../src/server/rooms/room-transition.js';
import { answerVideo, requestVideo } from '../../../src/server/rooms/transitions/video-request.js';
import {
  emptyRoom,
  newIdentity,
  type Room,
  type ParticipantIdentity,
} from '../../../src/server/rooms/room.js';
import { at, grace, come, roomOf, away, back, requested, cases } from './room-cases.js';

/** Who hears what, short: `a: participant-left b`. */
function sentBy({ outbound }: RoomTransition): string[] {
  return outbound.flatMap(({ to, message }) =>
    to.map((one) => `${one.replace(/^c-/, '').replace(/^c2-/, 'new ')}: ${short(message)}`),
  );
}

function short(message: ServerPush): string {
  switch (message.type) {
    case 'participant-joined':
      return `joined ${message.participant.id}`;
    case 'participant-left':
      return `left ${message.participantId}`;
    case 'participant-updated':
      return `${message.participantId} is ${JSON.stringify(message.changes)} by ${message.by ?? 'the server'}`;
    case 'video-requested':
      return `asked by ${message.by}`;
    case 'switched-to-video':
      return `video ${message.initiator}+${message.responder}`;
    default:
      return message.type;
  }
}

function permutations<Value>(values: readonly Value[]): Value[][] {
  if (values.length <= 1) return [[...values]];
  return values.flatMap((value, index) =>
    permutations(values.toSpliced(index, 1)).map((rest) => [value, ...rest]),
  );
}

/** A room with this many presenters. */
function presentation(count: number): Room {
  return Array.from({ length: count }, (_, index) => `p${index + 1}`).reduce(
    (room, id) => come(room, id, { state: { isPresenter: true } }).room,
    emptyRoom('s'),
  );
}

describe('Room', () => {
  for (const { title, from, does, receives: hears } of cases)
    it(title, () => {
      const before = structuredClone(from);
      assert.deepEqual(sentBy(does(from)), hears);
      assert.deepEqual(from, before, 'the room before is untouched');
    });

  const refusals = [
    { title: 'a full room refuses', run: () => come(roomOf('a', 'b'), 'c', { limit: 2 }), code: 'ROOM_FULL' },
    {
      title: 'a full room refuses while it waits for another user to reconnect',
      run: () => come(away(roomOf('a', 'b'), 'a'), 'c', { limit: 2 }),
      code: 'ROOM_FULL',
    },
    {
      title: 'a sixth presenter is refused',
      run: () => come(presentation(5), 'p6', { state: { isPresenter: true } }),
      code: 'PRESENTERS_FULL',
    },
    {
      title: 'a full presentation says that the call is full',
      run: () => come(presentation(5), 'p6', { state: { isPresenter: true }, limit: 5 }),
      code: 'ROOM_FULL',
    },
    {
      title: 'a participant who is not there cannot be muted',
      run: () => muteParticipant(roomOf('a'), 'a', { participantId: 'z', source: 'camera' }),
      code: 'PARTICIPANT_NOT_FOUND',
    },
    {
      title: 'no two have the same order',
      run: () => come(roomOf('a'), 'b', { seat: { id: 'b', order: at, joinedAt: at } }),
      code: 'RESUME_REFUSED',
    },
  ] as const;
  for (const { title, run, code } of refusals)
    it(title, () => assert.throws(run, (error) => error instanceof CallError && error.code === code));

  it('admits viewers, and those who present already, to a presentation with five presenters', () => {
    const full = presentation(5);
    assert.equal(come(full, 'v', { state: { isPresenter: false } }).room.participants.length, 6);
    const [first] = full.participants;
    const again = come(full, 'p1', { seat: first!, connectionId: 'c2-p1', state: { isPresenter: true } });
    assert.equal(again.room.participants.length, 5);
    const anew = come(away(full, 'p1'), 'p6', { uid: 'p1', state: { isPresenter: true } });
    assert.deepEqual(
      anew.room.participants.map(({ id }) => id),
      ['p2', 'p3', 'p4', 'p5', 'p6'],
    );
    const left = leaveRoom(full, 'p2').room;
    assert.equal(come(left, 'p6', { state: { isPresenter: true } }).room.participants.length, 5);
  });

  it('gives orders that only grow', () => {
    const orders = roomOf('a', 'b', 'c').participants.map(({ order }) => order);
    assert.deepEqual(orders, [at, at + 1, at + 2]);
  });

  it('gives a returning participant the same place, also in a room that has forgotten it', () => {
    const seat: ParticipantIdentity = { id: 'a', order: 77, joinedAt: 42 };
    const { room } = come(roomOf('b'), 'a', { seat });
    const { id, order, joinedAt } = room.participants[1]!;
    assert.deepEqual({ id, order, joinedAt }, seat);
    assert.ok(newIdentity(room, 'c', 0).order > at, 'and the counter stays above all seen');
  });

  it('stays above a resumed order from the future', () => {
    const { room } = come(emptyRoom('s'), 'a', { seat: { id: 'a', order: at * 2, joinedAt: at } });
    assert.equal(newIdentity(room, 'b', at).order, at * 2 + 1);
  });

  it('ends in the same picture whatever the order of leaving', () => {
    const ids = ['a', 'b', 'c', 'd'];
    for (const order of permutations(ids)) {
      const half = order.slice(0, 2).reduce((room, id) => leaveRoom(room, id).room, requested(...ids));
      assert.deepEqual(
        half.participants.map(({ id }) => id),
        ids.filter((id) => !order.slice(0, 2).includes(id)),
      );
      const empty = order.slice(2).reduce((room, id) => leaveRoom(room, id).room, half);
      assert.equal(empty.participants.length, 0);
      assert.equal(empty.videoRequest, null);
    }
  });

  it('switches or ends every video request under every order of answers, drops and leaves', () => {
    const acts: readonly ((room: Room) => RoomTransition)[] = [
      (room) => answerVideo(room, 'b', true),
      (room) => disconnectParticipant(room, 'c-c', at + grace),
      (room) => leaveRoom(room, 'd'),
      (room) => back(room, 'c'),
      (room) => answerVideo(room, 'c', true),
    ];
    for (const order of permutations([...acts.keys()])) {
      let room = requested('a', 'b', 'c', 'd');
      const sent: string[] = [];
      for (const index of order) {
        const next = acts[index]!(room);
        sent.push(...sentBy(next).filter((one) => one.startsWith('a: video')));
        room = next.room;
      }
      room = expireParticipants(room, at + grace).room;
      assert.equal(room.videoRequest, null, order.join());
      assert.equal(sent.length <= 1, true, `sent once: ${sent.join()}`);
    }
  });

  it('keeps little of what is missed, however long', () => {
    let room = away(roomOf('a', 'b', 'c'), 'b');
    for (let round = 0; round < 50; round += 1) {
      room = requestVideo(room, 'a').room;
      room = answerVideo(room, 'c', false).room;
      room = muteParticipant(room, 'a', { participantId: 'b', source: 'microphone' }).room;
    }
    assert.ok(room.participants[1]!.missedMessages.length <= 3);
  });
});
