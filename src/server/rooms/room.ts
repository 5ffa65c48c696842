import { CallError } from '../../domain/call-error.js';
import type { Participant, ParticipantId } from '../../domain/call/participant.js';
import type { HistoryUser } from '../../domain/history/history-entry.js';
import type { TransportName } from '../../domain/call/transport-grant.js';
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
  /** The newest generation of the transport through which it receives all media. */
  readonly readyGeneration: number;
}

/** How the media of a room is carried. */
export interface RoomMedia {
  readonly transport: TransportName;
  /** Increases whenever the transport changes. */
  readonly generation: number;
  /** Whether all participants receive their media through this transport, so that an older one can be closed. */
  readonly settled: boolean;
  /** Since when (ms since 1970) a room on the SFU is small enough for the mesh; `null` while it is not. */
  readonly smallSince: number | null;
}

export const initialMedia: RoomMedia = { transport: 'mesh', generation: 0, settled: true, smallSince: null };

/** One session on the server. Plain data: it can be stored, compared and serialized. */
export interface Room {
  readonly sessionId: string;
  /** The highest `order` ever assigned in this room; it never decreases. */
  readonly lastOrder: number;
  readonly participants: readonly RoomParticipant[];
  /** The current call, for the call history; `null` while the room is empty. */
  readonly call: RoomCall | null;
  readonly media: RoomMedia;
  /** Maximum number of participants on the mesh, where the token of a participant says so. */
  readonly meshLimit?: number;
  readonly videoRequest: VideoRequest | null;
  /** The completed switch to video, or `null`. */
  readonly switched: VideoSwitch | null;
  /**
   * Set when the session was ended for all. Until `until` (ms since 1970), participants with an order up to
   * `lastOrder` cannot resume.
   */
  readonly endedSession: { readonly lastOrder: number; readonly until: number } | null;
}

/** The call that takes place in a room, from its first participant to its last. Plain data, a part of the room. */
export interface RoomCall {
  readonly callId: string;
  readonly startedAt: number;
  readonly initiator: HistoryUser;
  /** The number of the latest history entry. */
  readonly seq: number;
  readonly hasPresenters: boolean;
  readonly hasRecording: boolean;
  /** Runs while at least one participant sends video. */
  readonly video: Stopwatch;
  readonly members: Readonly<Record<ParticipantId, MemberTimes>>;
}

/** How long a participant did what, so far. */
export interface MemberTimes {
  /** Connected. */
  readonly present: Stopwatch;
  /** Connected and sending the camera or the screen. */
  readonly video: Stopwatch;
  /** When the current recording, and the current screen share, started (ms since 1970). */
  readonly recordingSince: number | null;
  readonly sharingSince: number | null;
}

/** `since`: ms since 1970, while it runs. `ms`: what it measured before. */
export interface Stopwatch {
  readonly ms: number;
  readonly since: number | null;
}

/** The call a participant returns to when this server has lost the room in a restart. */
export type ContinuedCall = Pick<RoomCall, 'callId' | 'startedAt'>;

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
    call: null,
    media: initialMedia,
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
  const { connectionId: _connection, graceEndsAt: _until, missedMessages: _missed, ...shared } = entry;
  const { readyGeneration: _ready, ...participant } = shared;
  return participant;
}
