import { CallError } from '../../domain/call-error.js';
import type { Participant, ParticipantId } from '../../domain/call/participant.js';
import type { ServerPush } from '../../protocol/messages.js';

/** Names one open connection, on whichever node it is. */
export type ConnectionId = string;

/** A participant, with what only the server needs to know. */
export interface RoomParticipant extends Participant {
  /** `null` while the participant is waited for. */
  readonly connectionId: ConnectionId | null;
  /** Until when it is waited for (ms since 1970); `null` while connected. */
  readonly graceEndsAt: number | null;
  /** What it must be told when it comes back. */
  readonly missedMessages: readonly ServerPush[];
}

/** One call as the server knows it. Plain data: it can be stored, compared and sent. */
export interface Room {
  readonly sessionId: string;
  /** The highest order ever seen in this room; only grows. */
  readonly lastOrder: number;
  readonly participants: readonly RoomParticipant[];
  readonly videoRequest: VideoRequest | null;
  /** How the voice call became a video call; `null`: it did not. */
  readonly switched: VideoSwitch | null;
  /** The call was ended for everybody; until then, nobody who was in it (up to that order) can come back to their place. */
  readonly endedSession: { readonly lastOrder: number; readonly until: number } | null;
}

/** Somebody asked everybody to make the audio call a video call, and not all have answered. */
export interface VideoRequest {
  readonly by: ParticipantId;
  /** Those who were there when it was asked, and have not answered. Later comers are not asked. */
  readonly waitingFor: readonly ParticipantId[];
  readonly lastAccepted: ParticipantId | null;
}

/** Who asked for video, and who agreed last. */
export interface VideoSwitch {
  readonly initiator: ParticipantId;
  readonly responder: ParticipantId;
}

/** A place in a call; with the resume secret it survives its socket, and the server. */
export type ParticipantIdentity = Pick<Participant, 'id' | 'order' | 'joinedAt'>;

export function emptyRoom(sessionId: string): Room {
  return {
    sessionId,
    lastOrder: 0,
    participants: [],
    videoRequest: null,
    switched: null,
    endedSession: null,
  };
}

/**
 * The place for a newcomer. Orders start at the clock, not at zero: after a restart the counter of an empty room
 * would otherwise hand out the orders of those who are about to resume theirs.
 */
export function newIdentity(room: Room, id: ParticipantId, now: number): ParticipantIdentity {
  return { id, order: Math.max(room.lastOrder + 1, now), joinedAt: now };
}

/** Whether the call in which somebody had this place was ended for everybody. */
export function hasEnded({ endedSession }: Room, { order }: Pick<ParticipantIdentity, 'order'>): boolean {
  return endedSession !== null && order <= endedSession.lastOrder;
}

/** The member of that id; throws PARTICIPANT_NOT_FOUND. */
export function participantIn(room: Room, id: ParticipantId): RoomParticipant {
  const participant = room.participants.find((participant) => participant.id === id);
  if (!participant) throw new CallError('PARTICIPANT_NOT_FOUND', { details: { participantId: id } });
  return participant;
}

/** A member as the others get to know it. */
export function toParticipant(entry: RoomParticipant): Participant {
  const { connectionId: _connection, graceEndsAt: _until, missedMessages: _missed, ...participant } = entry;
  return participant;
}
