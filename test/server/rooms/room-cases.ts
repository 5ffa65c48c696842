import { initialParticipantState } from '../../../src/domain/call/participant.js';
import {
  disconnectParticipant,
  endSession,
  joinRoom,
  expireParticipants,
  leaveRoom,
  muteParticipant,
  updateParticipant,
} from '../../../src/server/rooms/transitions/room-participants.js';
import type { RoomTransition } from '../../../src/server/rooms/room-transition.js';
import { answerVideo, requestVideo } from '../../../src/server/rooms/transitions/video-request.js';
import {
  emptyRoom,
  newIdentity,
  type Room,
  type ParticipantIdentity,
  type VideoSwitch,
} from '../../../src/server/rooms/room.js';

export const at = 1_000_000;

export const grace = 30_000;

export function come(
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

export const roomOf = (...ids: string[]): Room =>
  ids.reduce((room, id) => come(room, id).room, emptyRoom('s'));

export const away = (room: Room, id: string): Room => disconnectParticipant(room, `c-${id}`, at + grace).room;

export const back = (room: Room, id: string, state = {}): RoomTransition =>
  come(room, id, { connectionId: `c2-${id}`, state });

export const over = (room: Room, by: string): RoomTransition => endSession(room, by, at + grace);

interface Case {
  readonly title: string;
  readonly from: Room;
  readonly does: (room: Room) => RoomTransition;
  readonly receives: readonly string[];
}

export const requested = (...ids: string[]): Room => requestVideo(roomOf(...ids), ids[0]!).room;

export const cases: readonly Case[] = [
  {
    title: 'ending the call for everyone notifies all but its sender',
    from: roomOf('a', 'b', 'c'),
    does: (r) => over(r, 'b'),
    receives: ['a: closing', 'c: closing'],
  },
  {
    title: 'the first participant receives nothing',
    from: emptyRoom('s'),
    does: (r) => come(r, 'a'),
    receives: [],
  },
  {
    title: 'others hear of a newcomer',
    from: roomOf('a', 'b'),
    does: (r) => come(r, 'c'),
    receives: ['a: joined c', 'b: joined c'],
  },
  {
    title: 'a broken connection notifies the others',
    from: roomOf('a', 'b'),
    does: (r) => disconnectParticipant(r, 'c-a', at),
    receives: ['b: a is {"connection":"reconnecting"} by the server'],
  },
  {
    title: 'closing a connection without a participant changes nothing',
    from: roomOf('a', 'b'),
    does: (r) => disconnectParticipant(r, 'c-z', at),
    receives: [],
  },
  {
    title: 'a disconnected participant is sent nothing',
    from: away(roomOf('a', 'b'), 'b'),
    does: (r) => updateParticipant(r, 'a', { audioMuted: true }),
    receives: [],
  },
  {
    title: 'no participant leaves before the grace period ends',
    from: away(roomOf('a', 'b'), 'a'),
    does: (r) => expireParticipants(r, at + grace - 1),
    receives: [],
  },
  {
    title: 'after the grace period the lost one has left',
    from: away(roomOf('a', 'b'), 'a'),
    does: (r) => expireParticipants(r, at + grace),
    receives: ['b: left a'],
  },
  {
    title: 'a resume is sent as a reconnection, not as a join',
    from: away(roomOf('a', 'b'), 'a'),
    does: (r) => back(r, 'a'),
    receives: ['b: a is {"connection":"connected"} by the server'],
  },
  {
    title: 'what changed in the gap is sent with it',
    from: away(roomOf('a', 'b'), 'a'),
    does: (r) => back(r, 'a', { videoPaused: true }),
    receives: ['b: a is {"videoPaused":true,"connection":"connected"} by the server'],
  },
  {
    title: 'a second connection replaces the first, and the others notice nothing',
    from: roomOf('a', 'b'),
    does: (r) => back(r, 'a'),
    receives: ['a: closing'],
  },
  {
    title: 'the replaced connection’s end means nothing',
    from: back(roomOf('a', 'b'), 'a').room,
    does: (r) => disconnectParticipant(r, 'c-a', at),
    receives: [],
  },
  {
    title: 'a leave is sent at once',
    from: roomOf('a', 'b', 'c'),
    does: (r) => leaveRoom(r, 'b'),
    receives: ['a: left b', 'c: left b'],
  },
  {
    title: 'one leaves only once',
    from: leaveRoom(roomOf('a', 'b'), 'b').room,
    does: (r) => leaveRoom(r, 'b'),
    receives: [],
  },
  {
    title: 'others hear of a change, the one who made it does not',
    from: roomOf('a', 'b'),
    does: (r) => updateParticipant(r, 'a', { audioMuted: true }),
    receives: ['b: a is {"audioMuted":true} by a'],
  },
  {
    title: 'only what really changes is sent',
    from: roomOf('a', 'b'),
    does: (r) => updateParticipant(r, 'a', { audioMuted: false, handRaisedAt: 5 }),
    receives: ['b: a is {"handRaisedAt":5} by a'],
  },
  {
    title: 'a change that changes nothing is not sent',
    from: roomOf('a', 'b'),
    does: (r) => updateParticipant(r, 'a', { audioMuted: false }),
    receives: [],
  },
  {
    title: 'all learn who muted whom',
    from: roomOf('a', 'b', 'c'),
    does: (r) => muteParticipant(r, 'a', { participantId: 'b', source: 'microphone' }),
    receives: [
      'a: b is {"audioMuted":true} by a',
      'b: b is {"audioMuted":true} by a',
      'c: b is {"audioMuted":true} by a',
    ],
  },
  {
    title: 'a camera can be turned off too',
    from: roomOf('a', 'b'),
    does: (r) => muteParticipant(r, 'a', { participantId: 'b', source: 'camera' }),
    receives: ['a: b is {"videoPaused":true} by a', 'b: b is {"videoPaused":true} by a'],
  },
  {
    title: 'the muted are not muted again',
    from: updateParticipant(roomOf('a', 'b'), 'b', { audioMuted: true }).room,
    does: (r) => muteParticipant(r, 'a', { participantId: 'b', source: 'microphone' }),
    receives: [],
  },
  {
    title: 'being muted while disconnected is sent on return',
    from: muteParticipant(away(roomOf('a', 'b'), 'b'), 'a', { participantId: 'b', source: 'microphone' })
      .room,
    does: (r) => back(r, 'b'),
    receives: ['new b: b is {"audioMuted":true} by a', 'a: b is {"connection":"connected"} by the server'],
  },
  {
    title: 'a video request goes to all others',
    from: roomOf('a', 'b', 'c'),
    does: (r) => requestVideo(r, 'a'),
    receives: ['b: asked by a', 'c: asked by a'],
  },
  {
    title: 'alone, one has one’s own consent',
    from: roomOf('a'),
    does: (r) => requestVideo(r, 'a'),
    receives: ['a: video a+a'],
  },
  {
    title: 'one consent of two is not enough',
    from: requested('a', 'b', 'c'),
    does: (r) => answerVideo(r, 'b', true),
    receives: [],
  },
  {
    title: 'the last consent switches the call',
    from: answerVideo(requested('a', 'b', 'c'), 'c', true).room,
    does: (r) => answerVideo(r, 'b', true),
    receives: ['a: video a+b', 'b: video a+b', 'c: video a+b'],
  },
  {
    title: 'one refusal ends the request',
    from: requested('a', 'b', 'c'),
    does: (r) => answerVideo(r, 'b', false),
    receives: ['a: video-request-ended', 'b: video-request-ended', 'c: video-request-ended'],
  },
  {
    title: 'the request goes with the one who made it',
    from: requested('a', 'b', 'c'),
    does: (r) => leaveRoom(r, 'a'),
    receives: ['b: left a', 'c: left a', 'b: video-request-ended', 'c: video-request-ended'],
  },
  {
    title: 'a leaver does not hold the others up',
    from: answerVideo(requested('a', 'b', 'c'), 'c', true).room,
    does: (r) => leaveRoom(r, 'b'),
    receives: ['a: left b', 'c: left b', 'a: video a+c', 'c: video a+c'],
  },
  {
    title: 'if all asked have left, the request is not accepted',
    from: requested('a', 'b'),
    does: (r) => leaveRoom(r, 'b'),
    receives: ['a: left b', 'a: video-request-ended'],
  },
  {
    title: 'a participant who is disconnected too long does not hold the others up',
    from: away(answerVideo(requested('a', 'b', 'c'), 'c', true).room, 'b'),
    does: (r) => expireParticipants(r, at + grace),
    receives: ['a: left b', 'c: left b', 'a: video a+c', 'c: video a+c'],
  },
  {
    title: 'asking while another asks is agreeing',
    from: requested('a', 'b'),
    does: (r) => requestVideo(r, 'b'),
    receives: ['a: video a+b', 'b: video a+b'],
  },
  {
    title: 'asking twice asks once',
    from: requested('a', 'b'),
    does: (r) => requestVideo(r, 'a'),
    receives: [],
  },
  {
    title: 'an answer without a question is nothing',
    from: roomOf('a', 'b'),
    does: (r) => answerVideo(r, 'b', true),
    receives: [],
  },
  {
    title: 'one cannot answer oneself',
    from: requested('a', 'b'),
    does: (r) => answerVideo(r, 'a', true),
    receives: [],
  },
  {
    title: 'a later participant is not asked',
    from: come(requested('a', 'b'), 'c').room,
    does: (r) => answerVideo(r, 'c', false),
    receives: [],
  },
  {
    title: 'a request made while one was away is heard on return',
    from: requestVideo(away(roomOf('a', 'b', 'c'), 'b'), 'a').room,
    does: (r) => back(r, 'b'),
    receives: [
      'new b: asked by a',
      'a: b is {"connection":"connected"} by the server',
      'c: b is {"connection":"connected"} by the server',
    ],
  },
  {
    title: 'of a request made and refused while one was away, only the end is heard',
    from: answerVideo(requestVideo(away(roomOf('a', 'b', 'c'), 'b'), 'a').room, 'c', false).room,
    does: (r) => back(r, 'b'),
    receives: [
      'new b: video-request-ended',
      'a: b is {"connection":"connected"} by the server',
      'c: b is {"connection":"connected"} by the server',
    ],
  },
  {
    title: 'of a switch while one was away, the join answer tells',
    from: answerVideo(requestVideo(away(roomOf('a', 'b'), 'z'), 'a').room, 'b', true).room,
    does: (r) => back(away(r, 'b'), 'b'),
    receives: ['a: b is {"connection":"connected"} by the server'],
  },
  {
    title: 'a room that has forgotten the switch learns of it from a returning participant, once',
    from: come(roomOf('c'), 'a', { switched: { initiator: 'a', responder: 'b' } }).room,
    does: (r) => come(r, 'b', { switched: { initiator: 'a', responder: 'b' } }),
    receives: ['c: joined b', 'a: joined b'],
  },
  {
    title: 'and tells it those who were there',
    from: roomOf('c'),
    does: (r) => come(r, 'a', { switched: { initiator: 'a', responder: 'b' } }),
    receives: ['c: joined a', 'c: video a+b'],
  },
  {
    title: 'a full room has room for the one whose ghost fills it',
    from: away(roomOf('a', 'b'), 'a'),
    does: (r) => come(r, 'z', { uid: 'a', limit: 2 }),
    receives: ['b: left a', 'b: joined z'],
  },
];
