import { CallError } from '../domain/call-error.js';
import type { ParticipantId, ParticipantState } from '../domain/participant.js';
import type { ServerPush } from '../protocol/messages.js';
import type { TokenUser } from '../protocol/token-claims.js';
import { everybody, others, step, tell, type RoomStep } from './room-step.js';
import { recallSwitch, voterLeft } from './room-video.js';
import {
  hasEnded,
  memberOf,
  participantOf,
  type ConnectionId,
  type Member,
  type Room,
  type Seat,
  type VideoSwitch,
} from './room.js';

/** Who comes in, from where, and how many may be in at most. */
export interface Entrance {
  readonly seat: Seat;
  readonly user: TokenUser;
  readonly state: ParticipantState;
  readonly connectionId: ConnectionId;
  /** What somebody who was here before knows of a switch to video. */
  readonly switched?: VideoSwitch | undefined;
  readonly limit: number;
}

/** What a member says of itself anew; what is not there, or undefined, has not changed. */
export type StateChanges = {
  readonly [Field in keyof ParticipantState]?: ParticipantState[Field] | undefined;
};

/** Joins or resumes: whoever is still known takes the place again, also from a connection that is still open. */
export function enter(room: Room, entrance: Entrance): RoomStep {
  const known = room.members.find(({ id }) => id === entrance.seat.id);
  const entered = known ? comeBack(room, known, entrance) : sitDown(room, entrance);
  return recallSwitch(entered, entrance.seat.id, entrance.switched);
}

/** The connection broke: the member is waited for. */
export function drop(room: Room, connectionId: ConnectionId, awaitedUntil: number): RoomStep {
  const member = room.members.find((one) => one.connectionId === connectionId);
  if (!member) return step(room);
  const away: Member = { ...member, connection: 'reconnecting', connectionId: null, awaitedUntil };
  return tell(step(replace(room, away)), others(member.id), {
    type: 'participant-updated',
    participantId: member.id,
    changes: { connection: 'reconnecting' },
    by: null,
  });
}

/** Whoever was waited for long enough has left; what was remembered for long enough is forgotten. */
export function expire(room: Room, now: number): RoomStep {
  const gone = room.members.filter(({ awaitedUntil }) => awaitedUntil !== null && awaitedUntil <= now);
  const isForgotten = room.ended !== null && room.ended.until <= now;
  return gone.reduce(
    (before, { id }) => remove(before, id),
    step(isForgotten ? { ...room, ended: null } : room),
  );
}

export function leave(room: Room, id: ParticipantId): RoomStep {
  return room.members.some((member) => member.id === id) ? remove(step(room), id) : step(room);
}

/** The call is over for everybody: all but the one who ended it are told, and nobody is left. */
export function endSession(room: Room, by: ParticipantId, until: number): RoomStep {
  memberOf(room, by);
  const told = tell(step(room), others(by), closing('SESSION_ENDED'));
  const ended = { lastOrder: room.lastOrder, until };
  return step({ ...room, members: [], videoRequest: null, switched: null, ended }, told.sayings);
}

/** A member tells what it is now; the others hear what really changed. */
export function update(room: Room, id: ParticipantId, changes: StateChanges): RoomStep {
  const member = memberOf(room, id);
  const changed = difference(member, changes);
  if (Object.keys(changed).length === 0) return step(room);
  return tell(step(replace(room, { ...member, ...changed })), others(id), {
    type: 'participant-updated',
    participantId: id,
    changes: changed,
    by: id,
  });
}

/** One member mutes another; everybody hears it, the muted one and the one who asked included. */
export function muteParticipant(
  room: Room,
  by: ParticipantId,
  { participantId, source }: { readonly participantId: ParticipantId; readonly source: MutableSource },
): RoomStep {
  const member = memberOf(room, participantId);
  const changes = difference(member, mutes[source]);
  if (Object.keys(changes).length === 0) return step(room);
  return tell(step(replace(room, { ...member, ...changes })), everybody, {
    type: 'participant-updated',
    participantId,
    changes,
    by,
  });
}

type MutableSource = keyof typeof mutes;

const mutes = { microphone: { audioMuted: true }, camera: { videoPaused: true } } as const;

function sitDown(room: Room, entrance: Entrance): RoomStep {
  const { seat, user, state, connectionId, limit } = entrance;
  if (hasEnded(room, seat)) throw new CallError('SESSION_ENDED');
  if (room.members.some(({ order }) => order === seat.order)) throw new CallError('RESUME_REFUSED');
  const before = room.members.length < limit ? step(room) : withoutGhostOf(room, user.uid);
  const member: Member = {
    ...seat,
    ...user,
    ...state,
    connection: 'connected',
    connectionId,
    awaitedUntil: null,
    missed: [],
  };
  const seated: Room = {
    ...before.room,
    lastOrder: Math.max(before.room.lastOrder, seat.order),
    members: [...before.room.members, member],
  };
  const message: ServerPush = { type: 'participant-joined', participant: participantOf(member) };
  return tell({ ...before, room: seated }, others(member.id), message);
}

/** A full room still has a place for somebody whose own broken connection holds one. */
function withoutGhostOf(room: Room, uid: string): RoomStep {
  const ghost = room.members.find((member) => member.uid === uid && member.connectionId === null);
  if (!ghost) throw new CallError('ROOM_FULL');
  return remove(step(room), ghost.id);
}

function comeBack(room: Room, before: Member, { state, connectionId }: Entrance): RoomStep {
  // Being muted by another while away outlives what the returning client says of itself.
  const muted = before.missed.map((message) =>
    message.type === 'participant-updated' ? difference(state, message.changes) : {},
  );
  const now: ParticipantState = Object.assign({}, state, ...muted) as ParticipantState;
  const after: Member = {
    ...before,
    ...now,
    connection: 'connected',
    connectionId,
    awaitedUntil: null,
    missed: [],
  };
  const replaced = before.connectionId === connectionId ? null : before.connectionId;
  const changes = difference(before, { ...now, connection: 'connected' as const });
  const back = step(replace(room, after), [
    ...(replaced === null ? [] : [{ to: [replaced], message: closing('REPLACED') }]),
    ...before.missed.map((message) => ({ to: [connectionId], message })),
  ]);
  if (Object.keys(changes).length === 0) return back;
  return tell(back, others(before.id), {
    type: 'participant-updated',
    participantId: before.id,
    changes,
    by: null,
  });
}

function closing(why: 'REPLACED' | 'SESSION_ENDED'): ServerPush {
  const { code, message } = new CallError(why);
  return { type: 'closing', error: { code, message } };
}

function remove(before: RoomStep, id: ParticipantId): RoomStep {
  const { room } = before;
  const without: Room = { ...room, members: room.members.filter((member) => member.id !== id) };
  return voterLeft(
    tell({ ...before, room: without }, everybody, { type: 'participant-left', participantId: id }),
    id,
  );
}

function replace(room: Room, member: Member): Room {
  return { ...room, members: room.members.map((one) => (one.id === member.id ? member : one)) };
}

/** Those of the changes that really change something. */
function difference<Changes extends object>(before: object, changes: Changes): Defined<Changes> {
  const changed = Object.entries(changes).filter(
    ([key, value]) => value !== undefined && before[key as keyof object] !== value,
  );
  return Object.fromEntries(changed) as Defined<Changes>;
}

type Defined<Changes> = { [Field in keyof Changes]?: Exclude<Changes[Field], undefined> };
