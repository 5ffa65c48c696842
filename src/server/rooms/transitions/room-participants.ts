import { CallError } from '../../../domain/call-error.js';
import {
  isViewer,
  muteChanges,
  type ParticipantId,
  type ParticipantState,
} from '../../../domain/call/participant.js';
import type { ServerPush } from '../../../protocol/messages.js';
import type { TokenUser } from '../../../protocol/tokens/token-claims.js';
import { everyone, everyoneExcept, transitionTo, notify, type RoomTransition } from '../room-transition.js';
import { restoreMedia, type RememberedMedia } from './room-media.js';
import { restoreSwitch, respondentLeft } from './video-request.js';
import {
  hasEnded,
  participantIn,
  toParticipant,
  type ConnectionId,
  type RoomParticipant,
  type Room,
  type ParticipantIdentity,
  type VideoSwitch,
} from '../room.js';

/** A participant that wants to join or resume. */
export interface JoinAttempt {
  readonly identity: ParticipantIdentity;
  readonly user: TokenUser;
  readonly state: ParticipantState;
  readonly connectionId: ConnectionId;
  /** The switch to video that a resuming client remembers. */
  readonly switched?: VideoSwitch | undefined;
  /** The transport that a resuming client remembers. */
  readonly media?: RememberedMedia | undefined;
  readonly hasSfu?: boolean;
  readonly limit: number;
  /** What the token says about the transport of the call. */
  readonly meshLimit?: number | undefined;
}

/** Changes of a participant's state. A missing or undefined field has not changed. */
export type StateChanges = {
  readonly [Field in keyof ParticipantState]?: ParticipantState[Field] | undefined;
};

/**
 * Joins or resumes. A participant that the room still holds is resumed, even while its previous connection is open.
 * Throws ROOM_FULL, PRESENTERS_FULL, SESSION_ENDED or RESUME_REFUSED.
 */
export function joinRoom(room: Room, attempt: JoinAttempt): RoomTransition {
  const existing = room.participants.find(({ id }) => id === attempt.identity.id);
  const joined = existing ? resumeParticipant(room, existing, attempt) : addParticipant(room, attempt);
  const { meshLimit = joined.room.meshLimit } = attempt;
  const limited = meshLimit === undefined ? joined : { ...joined, room: { ...joined.room, meshLimit } };
  const restored = restoreMedia(limited, attempt.media, attempt.hasSfu === true);
  return restoreSwitch(restored, attempt.identity.id, attempt.switched);
}

/** The connection was lost: the participant is kept until `graceEndsAt` (ms since 1970). */
export function disconnectParticipant(
  room: Room,
  connectionId: ConnectionId,
  graceEndsAt: number,
): RoomTransition {
  const participant = room.participants.find((participant) => participant.connectionId === connectionId);
  if (!participant) return transitionTo(room);
  const disconnected: RoomParticipant = {
    ...participant,
    connection: 'reconnecting',
    connectionId: null,
    graceEndsAt,
  };
  return notify(transitionTo(replaceParticipant(room, disconnected)), everyoneExcept(participant.id), {
    type: 'participant-updated',
    participantId: participant.id,
    changes: { connection: 'reconnecting' },
    by: null,
  });
}

/** All these connections were lost at once, such as those of a node that is gone. */
export function disconnectWhere(
  room: Room,
  isLost: (id: ConnectionId) => boolean,
  graceEndsAt: number,
): RoomTransition {
  const lost = room.participants.flatMap(({ connectionId: id }) => (id !== null && isLost(id) ? [id] : []));
  return lost.reduce((before, id) => {
    const after = disconnectParticipant(before.room, id, graceEndsAt);
    return transitionTo(after.room, [...before.outbound, ...after.outbound]);
  }, transitionTo(room));
}

/** Another participant receives the media of a disconnected one, which is then kept until `graceEndsAt` at the least. */
export function vouchFor(room: Room, id: ParticipantId, graceEndsAt: number): RoomTransition {
  const participant = participantIn(room, id);
  if (participant.graceEndsAt === null || participant.graceEndsAt >= graceEndsAt) return transitionTo(room);
  return transitionTo(replaceParticipant(room, { ...participant, graceEndsAt }));
}

/** Removes participants whose grace period is over, and forgets an ended session after its retention time. */
export function expireParticipants(room: Room, now: number): RoomTransition {
  const expired = room.participants.filter(({ graceEndsAt }) => graceEndsAt !== null && graceEndsAt <= now);
  const isForgotten = room.endedSession !== null && room.endedSession.until <= now;
  return expired.reduce(
    (before, { id }) => removeParticipant(before, id),
    transitionTo(isForgotten ? { ...room, endedSession: null } : room),
  );
}

export function leaveRoom(room: Room, id: ParticipantId): RoomTransition {
  return room.participants.some((participant) => participant.id === id)
    ? removeParticipant(transitionTo(room), id)
    : transitionTo(room);
}

/** Ends the session for all: removes all participants and notifies all but `by`. */
export function endSession(room: Room, by: ParticipantId, until: number): RoomTransition {
  participantIn(room, by);
  const notified = notify(transitionTo(room), everyoneExcept(by), closingMessage('SESSION_ENDED'));
  const endedSession = { lastOrder: room.lastOrder, until };
  return transitionTo(
    { ...room, participants: [], videoRequest: null, switched: null, endedSession },
    notified.outbound,
  );
}

/** The role in a token whose bearer may only watch. */
const viewerRole = 'viewer';

/** The state with which a participant of this role may join: a viewer sends nothing. */
export function stateInRole(state: ParticipantState, role: string | undefined): ParticipantState {
  return role === viewerRole || isViewer(state) ? { ...state, ...onlyWatching } : state;
}

const onlyWatching = {
  audioMuted: true,
  videoPaused: true,
  screenSharing: false,
  recording: false,
  isPresenter: false,
};

/** Updates a participant's state; of a viewer, only what is not about media. The others are notified of the fields that actually changed. */
export function updateParticipant(room: Room, id: ParticipantId, changes: StateChanges): RoomTransition {
  const participant = participantIn(room, id);
  const allowed = isViewer(participant) ? { ...changes, ...onlyWatching } : changes;
  // Joining decides who is a presenter; an update cannot change it.
  const changed = difference(participant, { ...allowed, isPresenter: undefined });
  if (Object.keys(changed).length === 0) return transitionTo(room);
  return notify(transitionTo(replaceParticipant(room, { ...participant, ...changed })), everyoneExcept(id), {
    type: 'participant-updated',
    participantId: id,
    changes: changed,
    by: id,
  });
}

/** One participant mutes another. All are notified, including both of them. */
export function muteParticipant(
  room: Room,
  by: ParticipantId,
  { participantId, source }: { readonly participantId: ParticipantId; readonly source: MutableSource },
): RoomTransition {
  const participant = participantIn(room, participantId);
  const changes = difference(participant, muteChanges[source]);
  if (Object.keys(changes).length === 0) return transitionTo(room);
  return notify(transitionTo(replaceParticipant(room, { ...participant, ...changes })), everyone, {
    type: 'participant-updated',
    participantId,
    changes,
    by,
  });
}

type MutableSource = keyof typeof muteChanges;

function addParticipant(room: Room, attempt: JoinAttempt): RoomTransition {
  const { identity, user, state, connectionId } = attempt;
  if (hasEnded(room, identity)) throw new CallError('SESSION_ENDED');
  if (room.participants.some(({ order }) => order === identity.order)) throw new CallError('RESUME_REFUSED');
  const before = vacate(room, attempt);
  const participant: RoomParticipant = {
    ...identity,
    ...user,
    ...state,
    connection: 'connected',
    connectionId,
    graceEndsAt: null,
    missedMessages: [],
    readyGeneration: room.media.generation,
  };
  const joined: Room = {
    ...before.room,
    lastOrder: Math.max(before.room.lastOrder, identity.order),
    participants: [...before.room.participants, participant],
  };
  const message: ServerPush = { type: 'participant-joined', participant: toParticipant(participant) };
  return notify({ ...before, room: joined }, everyoneExcept(participant.id), message);
}

/** How many may present at once, as in CometChat. */
const presenterLimit = 5;

/**
 * A full room still admits a user whose disconnected participant would otherwise occupy a slot: that one is removed.
 * The same holds for the slots of presenters. Throws ROOM_FULL or PRESENTERS_FULL.
 */
function vacate(room: Room, { user, state, limit }: JoinAttempt): RoomTransition {
  const isFull = room.participants.length >= limit;
  const rivals = isFull ? room.participants : room.participants.filter(isPresenter);
  if (!isFull && !(isPresenter(state) && rivals.length >= presenterLimit)) return transitionTo(room);
  const stale = rivals.find(({ uid, connectionId }) => uid === user.uid && connectionId === null);
  if (stale) return removeParticipant(transitionTo(room), stale.id);
  throw isFull
    ? new CallError('ROOM_FULL')
    : new CallError('PRESENTERS_FULL', { details: { limit: presenterLimit } });
}

function isPresenter(state: ParticipantState): boolean {
  return state.isPresenter === true;
}

function resumeParticipant(
  room: Room,
  before: RoomParticipant,
  { state, connectionId }: JoinAttempt,
): RoomTransition {
  // A mute by another participant during the disconnection overrides the state the client resumes with.
  const missedMutes = before.missedMessages.map((message) =>
    message.type === 'participant-updated' ? difference(state, message.changes) : {},
  );
  const now: ParticipantState = Object.assign({}, state, ...missedMutes) as ParticipantState;
  const after: RoomParticipant = {
    ...before,
    ...now,
    connection: 'connected',
    connectionId,
    graceEndsAt: null,
    missedMessages: [],
  };
  const replaced = before.connectionId === connectionId ? null : before.connectionId;
  const changes = difference(before, { ...now, connection: 'connected' as const });
  const resumed = transitionTo(replaceParticipant(room, after), [
    ...(replaced === null ? [] : [{ to: [replaced], message: closingMessage('REPLACED') }]),
    ...before.missedMessages.map((message) => ({ to: [connectionId], message })),
  ]);
  if (Object.keys(changes).length === 0) return resumed;
  return notify(resumed, everyoneExcept(before.id), {
    type: 'participant-updated',
    participantId: before.id,
    changes,
    by: null,
  });
}

function closingMessage(reason: 'REPLACED' | 'SESSION_ENDED'): ServerPush {
  const { code, message } = new CallError(reason);
  return { type: 'closing', error: { code, message } };
}

function removeParticipant(before: RoomTransition, id: ParticipantId): RoomTransition {
  const { room } = before;
  const remaining: Room = {
    ...room,
    participants: room.participants.filter((participant) => participant.id !== id),
  };
  return respondentLeft(
    notify({ ...before, room: remaining }, everyone, { type: 'participant-left', participantId: id }),
    id,
  );
}

function replaceParticipant(room: Room, next: RoomParticipant): Room {
  return {
    ...room,
    participants: room.participants.map((participant) => (participant.id === next.id ? next : participant)),
  };
}

/** Only the changes whose values differ. */
function difference<Changes extends object>(before: object, changes: Changes): Defined<Changes> {
  const changed = Object.entries(changes).filter(
    ([key, value]) => value !== undefined && before[key as keyof object] !== value,
  );
  return Object.fromEntries(changed) as Defined<Changes>;
}

type Defined<Changes> = { [Field in keyof Changes]?: Exclude<Changes[Field], undefined> };
