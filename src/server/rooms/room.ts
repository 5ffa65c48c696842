import { CallError } from '../../domain/call-error.js';
import type { Participant, ParticipantId } from '../../domain/call/participant.js';
import type { ServerPush } from '../../protocol/messages.js';

/** Identifies one open connection, on any node. */
export type ConnectionId = string;

/** A participant with its server-side state. */
export interface RoomParticipant extends Participant {
  /** `null` while disconnected. */
  readonly connectionId: ConnectionId | null;
  /** When a disconnected participant is removed (ms since 1970); `null` while connected. */
  readonly graceEndsAt: number | null;
  /** Messages to send when it resumes. */
  readonly missedMessages: readonly ServerPush[];
}

/** One session on the server. Plain data: it can be stored, compared and serialized. */
export interface Room {
  readonly sessionId: string;
  /** The highest `order` ever assigned in this room; it never decreases. */
  readonly lastOrder: number;
  readonly participants: readonly RoomParticipant[];
  readonly videoRequest: VideoRequest | null;
  /** The completed switch to video, or `null`. */
  readonly switched: VideoSwitch | null;
  /**
   * Set when the session was ended for all. Until `until` (ms since 1970), participants with an order up to
   * `lastOrder` cannot resume.
   */
  readonly endedSession: { readonly lastOrder: number; readonly until: number } | null;
}

/** A pending request to switch the audio call to video. */
export interface VideoRequest {
  readonly by: ParticipantId;
  /** Participants that have yet to answer. Those who joined after the request are not asked. */
  readonly waitingFor: readonly ParticipantId[];
  readonly lastAccepted: ParticipantId | null;
}

/** The participant that requested video, and the one that accepted last. */
export interface VideoSwitch {
  readonly initiator: ParticipantId;
  readonly responder: ParticipantId;
}

/** The identity of a participant. With the resume secret it survives connections and server restarts. */
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
 * The identity of a new participant. Orders start at the current time, not at zero: after a restart, a counter from
 * zero would assign orders that returning participants are about to resume with.
 */
export function newIdentity(room: Room, id: ParticipantId, now: number): ParticipantIdentity {
  return { id, order: Math.max(room.lastOrder + 1, now), joinedAt: now };
}

/** Whether the session to which this identity belongs was ended for all. */
export function hasEnded({ endedSession }: Room, { order }: Pick<ParticipantIdentity, 'order'>): boolean {
  return endedSession !== null && order <= endedSession.lastOrder;
}

/** The participant with that id. Throws PARTICIPANT_NOT_FOUND. */
export function participantIn(room: Room, id: ParticipantId): RoomParticipant {
  const participant = room.participants.find((participant) => participant.id === id);
  if (!participant) throw new CallError('PARTICIPANT_NOT_FOUND', { details: { participantId: id } });
  return participant;
}

/** The public part of a participant, as sent to clients. */
export function toParticipant(entry: RoomParticipant): Participant {
  const { connectionId: _connection, graceEndsAt: _until, missedMessages: _missed, ...participant } = entry;
  return participant;
}
