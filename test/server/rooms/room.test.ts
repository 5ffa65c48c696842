import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CallError } from '../../../src/domain/call-error.js';
import { initialParticipantState } from '../../../src/domain/call/participant.js';
import type { ServerPush } from '../../../src/protocol/messages.js';
import {
  disconnectParticipant,
  endSession,
  joinRoom,
  expireParticipants,
  leaveRoom,
  muteParticipant,
  updateParticipant,
} from '../../../src/server/rooms/room-participants.js';
import type { RoomTransition } from '../../../src/server/rooms/room-transition.js';
import { answerVideo, requestVideo } from '../../../src/server/rooms/video-request.js';
import {
  emptyRoom,
  newIdentity,
  type Room,
  type ParticipantIdentity,
  type VideoSwitch,
} from '../../../src/server/rooms/room.js';

const at = 1_000_000;
const grace = 30_000;

function come(
  room: Room,
  id: string,
  {
    connectionId = `c-${id}`,
    seat,
    state = {},
    limit = 8,
    uid = id,
    switched,
  }: {
    connectionId?: string;
    seat?: ParticipantIdentity;
    state?: object;
    limit?: number;
    uid?: string;
    switched?: VideoSwitch;
  } = {},
): RoomTransition {
  return joinRoom(room, {
    identity: seat ?? newIdentity(room, id, at),
    user: { uid, name: id.toUpperCase(), avatar: '' },
    state: { ...initialParticipantState, ...state },
    connectionId,
    switched,
    limit,
  });
}

const roomOf = (...ids: string[]): Room => ids.reduce((room, id) => come(room, id).room, emptyRoom('s'));
const away = (room: Room, id: string): Room => disconnectParticipant(room, `c-${id}`, at + grace).room;
const back = (room: Room, id: string, state = {}): RoomTransition =>
  come(room, id, { connectionId: `c2-${id}`, state });

/** Who hears what, short: `a: participant-left b`. */
function heard({ outbound }: RoomTransition): string[] {
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

const over = (room: Room, by: string): RoomTransition => endSession(room, by, at + grace);

interface Case {
  readonly title: string;
  readonly from: Room;
  readonly does: (room: Room) => RoomTransition;
  readonly hears: readonly string[];
}

const requested = (...ids: string[]): Room => requestVideo(roomOf(...ids), ids[0]!).room;

const cases: readonly Case[] = [
  {
    title: 'whoever ends the call for everybody is not told, all others are',
    from: roomOf('a', 'b', 'c'),
    does: (r) => over(r, 'b'),
    hears: ['a: closing', 'c: closing'],
  },
  { title: 'the first one is told nothing', from: emptyRoom('s'), does: (r) => come(r, 'a'), hears: [] },
  {
    title: 'others hear of a newcomer',
    from: roomOf('a', 'b'),
    does: (r) => come(r, 'c'),
    hears: ['a: joined c', 'b: joined c'],
  },
  {
    title: 'a broken connection is told',
    from: roomOf('a', 'b'),
    does: (r) => disconnectParticipant(r, 'c-a', at),
    hears: ['b: a is {"connection":"reconnecting"} by the server'],
  },
  {
    title: 'a connection nobody sits on is nobody’s loss',
    from: roomOf('a', 'b'),
    does: (r) => disconnectParticipant(r, 'c-z', at),
    hears: [],
  },
  {
    title: 'whoever is away is not spoken to',
    from: away(roomOf('a', 'b'), 'b'),
    does: (r) => updateParticipant(r, 'a', { audioMuted: true }),
    hears: [],
  },
  {
    title: 'nobody leaves before the grace period ends',
    from: away(roomOf('a', 'b'), 'a'),
    does: (r) => expireParticipants(r, at + grace - 1),
    hears: [],
  },
  {
    title: 'after the grace period the lost one has left',
    from: away(roomOf('a', 'b'), 'a'),
    does: (r) => expireParticipants(r, at + grace),
    hears: ['b: left a'],
  },
  {
    title: 'a resume is told as a reconnection, not as a join',
    from: away(roomOf('a', 'b'), 'a'),
    does: (r) => back(r, 'a'),
    hears: ['b: a is {"connection":"connected"} by the server'],
  },
  {
    title: 'what changed in the gap is told with it',
    from: away(roomOf('a', 'b'), 'a'),
    does: (r) => back(r, 'a', { videoPaused: true }),
    hears: ['b: a is {"videoPaused":true,"connection":"connected"} by the server'],
  },
  {
    title: 'a second connection replaces the first, and the others notice nothing',
    from: roomOf('a', 'b'),
    does: (r) => back(r, 'a'),
    hears: ['a: closing'],
  },
  {
    title: 'the replaced connection’s end means nothing',
    from: back(roomOf('a', 'b'), 'a').room,
    does: (r) => disconnectParticipant(r, 'c-a', at),
    hears: [],
  },
  {
    title: 'a leave is told at once',
    from: roomOf('a', 'b', 'c'),
    does: (r) => leaveRoom(r, 'b'),
    hears: ['a: left b', 'c: left b'],
  },
  {
    title: 'one leaves only once',
    from: leaveRoom(roomOf('a', 'b'), 'b').room,
    does: (r) => leaveRoom(r, 'b'),
    hears: [],
  },
  {
    title: 'others hear of a change, the one who made it does not',
    from: roomOf('a', 'b'),
    does: (r) => updateParticipant(r, 'a', { audioMuted: true }),
    hears: ['b: a is {"audioMuted":true} by a'],
  },
  {
    title: 'only what really changes is told',
    from: roomOf('a', 'b'),
    does: (r) => updateParticipant(r, 'a', { audioMuted: false, handRaisedAt: 5 }),
    hears: ['b: a is {"handRaisedAt":5} by a'],
  },
  {
    title: 'a change that changes nothing is not told',
    from: roomOf('a', 'b'),
    does: (r) => updateParticipant(r, 'a', { audioMuted: false }),
    hears: [],
  },
  {
    title: 'everybody hears who muted whom',
    from: roomOf('a', 'b', 'c'),
    does: (r) => muteParticipant(r, 'a', { participantId: 'b', source: 'microphone' }),
    hears: [
      'a: b is {"audioMuted":true} by a',
      'b: b is {"audioMuted":true} by a',
      'c: b is {"audioMuted":true} by a',
    ],
  },
  {
    title: 'a camera can be turned off too',
    from: roomOf('a', 'b'),
    does: (r) => muteParticipant(r, 'a', { participantId: 'b', source: 'camera' }),
    hears: ['a: b is {"videoPaused":true} by a', 'b: b is {"videoPaused":true} by a'],
  },
  {
    title: 'the muted are not muted again',
    from: updateParticipant(roomOf('a', 'b'), 'b', { audioMuted: true }).room,
    does: (r) => muteParticipant(r, 'a', { participantId: 'b', source: 'microphone' }),
    hears: [],
  },
  {
    title: 'being muted while away is told on return',
    from: muteParticipant(away(roomOf('a', 'b'), 'b'), 'a', { participantId: 'b', source: 'microphone' })
      .room,
    does: (r) => back(r, 'b'),
    hears: ['new b: b is {"audioMuted":true} by a', 'a: b is {"connection":"connected"} by the server'],
  },
  {
    title: 'a video request goes to all others',
    from: roomOf('a', 'b', 'c'),
    does: (r) => requestVideo(r, 'a'),
    hears: ['b: asked by a', 'c: asked by a'],
  },
  {
    title: 'alone, one has one’s own consent',
    from: roomOf('a'),
    does: (r) => requestVideo(r, 'a'),
    hears: ['a: video a+a'],
  },
  {
    title: 'one consent of two is not enough',
    from: requested('a', 'b', 'c'),
    does: (r) => answerVideo(r, 'b', true),
    hears: [],
  },
  {
    title: 'the last consent switches the call',
    from: answerVideo(requested('a', 'b', 'c'), 'c', true).room,
    does: (r) => answerVideo(r, 'b', true),
    hears: ['a: video a+b', 'b: video a+b', 'c: video a+b'],
  },
  {
    title: 'one refusal ends the request',
    from: requested('a', 'b', 'c'),
    does: (r) => answerVideo(r, 'b', false),
    hears: ['a: video-request-ended', 'b: video-request-ended', 'c: video-request-ended'],
  },
  {
    title: 'the request goes with the one who made it',
    from: requested('a', 'b', 'c'),
    does: (r) => leaveRoom(r, 'a'),
    hears: ['b: left a', 'c: left a', 'b: video-request-ended', 'c: video-request-ended'],
  },
  {
    title: 'a leaver does not hold the others up',
    from: answerVideo(requested('a', 'b', 'c'), 'c', true).room,
    does: (r) => leaveRoom(r, 'b'),
    hears: ['a: left b', 'c: left b', 'a: video a+c', 'c: video a+c'],
  },
  {
    title: 'if all asked have left, nobody has agreed',
    from: requested('a', 'b'),
    does: (r) => leaveRoom(r, 'b'),
    hears: ['a: left b', 'a: video-request-ended'],
  },
  {
    title: 'whoever is away too long does not hold the others up',
    from: away(answerVideo(requested('a', 'b', 'c'), 'c', true).room, 'b'),
    does: (r) => expireParticipants(r, at + grace),
    hears: ['a: left b', 'c: left b', 'a: video a+c', 'c: video a+c'],
  },
  {
    title: 'asking while another asks is agreeing',
    from: requested('a', 'b'),
    does: (r) => requestVideo(r, 'b'),
    hears: ['a: video a+b', 'b: video a+b'],
  },
  {
    title: 'asking twice asks once',
    from: requested('a', 'b'),
    does: (r) => requestVideo(r, 'a'),
    hears: [],
  },
  {
    title: 'an answer without a question is nothing',
    from: roomOf('a', 'b'),
    does: (r) => answerVideo(r, 'b', true),
    hears: [],
  },
  {
    title: 'one cannot answer oneself',
    from: requested('a', 'b'),
    does: (r) => answerVideo(r, 'a', true),
    hears: [],
  },
  {
    title: 'whoever comes later is not asked',
    from: come(requested('a', 'b'), 'c').room,
    does: (r) => answerVideo(r, 'c', false),
    hears: [],
  },
  {
    title: 'a request made while one was away is heard on return',
    from: requestVideo(away(roomOf('a', 'b', 'c'), 'b'), 'a').room,
    does: (r) => back(r, 'b'),
    hears: [
      'new b: asked by a',
      'a: b is {"connection":"connected"} by the server',
      'c: b is {"connection":"connected"} by the server',
    ],
  },
  {
    title: 'of a request made and refused while one was away, only the end is heard',
    from: answerVideo(requestVideo(away(roomOf('a', 'b', 'c'), 'b'), 'a').room, 'c', false).room,
    does: (r) => back(r, 'b'),
    hears: [
      'new b: video-request-ended',
      'a: b is {"connection":"connected"} by the server',
      'c: b is {"connection":"connected"} by the server',
    ],
  },
  {
    title: 'of a switch while one was away, the join answer tells',
    from: answerVideo(requestVideo(away(roomOf('a', 'b'), 'z'), 'a').room, 'b', true).room,
    does: (r) => back(away(r, 'b'), 'b'),
    hears: ['a: b is {"connection":"connected"} by the server'],
  },
  {
    title: 'a room that has forgotten the switch is told of it by who comes back, once',
    from: come(roomOf('c'), 'a', { switched: { initiator: 'a', responder: 'b' } }).room,
    does: (r) => come(r, 'b', { switched: { initiator: 'a', responder: 'b' } }),
    hears: ['c: joined b', 'a: joined b'],
  },
  {
    title: 'and tells it those who were there',
    from: roomOf('c'),
    does: (r) => come(r, 'a', { switched: { initiator: 'a', responder: 'b' } }),
    hears: ['c: joined a', 'c: video a+b'],
  },
  {
    title: 'a full room has room for the one whose ghost fills it',
    from: away(roomOf('a', 'b'), 'a'),
    does: (r) => come(r, 'z', { uid: 'a', limit: 2 }),
    hears: ['b: left a', 'b: joined z'],
  },
];

describe('Room', () => {
  for (const { title, from, does, hears } of cases)
    it(title, () => {
      const before = structuredClone(from);
      assert.deepEqual(heard(does(from)), hears);
      assert.deepEqual(from, before, 'the room before is untouched');
    });

  const refusals = [
    { title: 'a full room refuses', run: () => come(roomOf('a', 'b'), 'c', { limit: 2 }), code: 'ROOM_FULL' },
    {
      title: 'a full room refuses while somebody else’s ghost is in it',
      run: () => come(away(roomOf('a', 'b'), 'a'), 'c', { limit: 2 }),
      code: 'ROOM_FULL',
    },
    {
      title: 'nobody can be muted who is not there',
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
      const said: string[] = [];
      for (const index of order) {
        const next = acts[index]!(room);
        said.push(...heard(next).filter((one) => one.startsWith('a: video')));
        room = next.room;
      }
      room = expireParticipants(room, at + grace).room;
      assert.equal(room.videoRequest, null, order.join());
      assert.equal(said.length <= 1, true, `told once: ${said.join()}`);
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

function permutations<Value>(values: readonly Value[]): Value[][] {
  if (values.length <= 1) return [[...values]];
  return values.flatMap((value, index) =>
    permutations(values.toSpliced(index, 1)).map((rest) => [value, ...rest]),
  );
}

describe('a call that was ended for everybody', () => {
  const room = over(away(roomOf('a', 'b', 'c'), 'c'), 'a').room;

  it('has nobody in it', () => assert.deepEqual(room.participants, []));

  it('says that it was ended', () => {
    const [saying] = over(roomOf('a', 'b'), 'a').outbound;
    assert.ok(saying?.message.type === 'closing');
    assert.equal(saying.message.error.code, 'SESSION_ENDED');
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

  it('is forgotten when nobody could come back any more', () => {
    assert.notEqual(expireParticipants(room, at + grace - 1).room.endedSession, null);
    assert.equal(expireParticipants(room, at + grace).room.endedSession, null);
  });

  it('is ended by nobody who is not in it', () =>
    assert.throws(
      () => over(roomOf('a'), 'z'),
      (error) => error instanceof CallError && error.code === 'PARTICIPANT_NOT_FOUND',
    ));
});
