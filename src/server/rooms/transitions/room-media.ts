import type { ParticipantId } from '../../../domain/call/participant.js';
import type { TransportName } from '../../../domain/call/transport-grant.js';
import { everyone, notify, transitionTo, type RoomTransition } from '../room-transition.js';
import { initialMedia, type Room, type RoomMedia, type RoomParticipant } from '../room.js';

/** When a room changes its transport. */
export interface MediaPolicy {
  /** Maximum number of participants of a mesh. With more, the room moves to the SFU, if there is one. */
  readonly meshLimit: number;
  readonly hasSfu: boolean;
  /** How long (ms) a room must be small before it moves back. */
  readonly meshReturnMs: number;
}

/** The transport that a returning client remembers and a restarted server has lost. */
export interface RememberedMedia {
  readonly transport: TransportName;
  readonly generation: number;
}

/**
 * Moves the room to the transport that suits its size, and tells the participants. Called with every change of a room. The
 * sizes of moving there and back differ, so that a room does not move to and fro.
 */
export function adaptMedia(
  before: Room,
  outcome: RoomTransition,
  { meshLimit, hasSfu, meshReturnMs }: MediaPolicy,
  now: number,
): RoomTransition {
  const { participants, media } = outcome.room;
  const size = participants.length;
  const limit = outcome.room.meshLimit ?? meshLimit;
  if (media.transport === 'mesh')
    return size > limit && hasSfu ? moveTo('sfu', before, outcome) : settle(outcome);
  const isSmall = size <= Math.min(limit, Math.max(2, Math.floor(limit / 2)));
  const smallSince = isSmall ? (media.smallSince ?? now) : null;
  if (smallSince !== null && now - smallSince >= meshReturnMs) return moveTo('mesh', before, outcome);
  return settle(smallSince === media.smallSince ? outcome : withMedia(outcome, { ...media, smallSince }));
}

/** The participant receives all media through the transport of that generation. */
export function participantReady(room: Room, id: ParticipantId, generation: number): RoomTransition {
  if (generation !== room.media.generation) return transitionTo(room);
  const readyParticipant = (participant: RoomParticipant): RoomParticipant =>
    participant.id === id ? { ...participant, readyGeneration: generation } : participant;
  return transitionTo({ ...room, participants: room.participants.map(readyParticipant) });
}

/** Takes over the transport from a returning client, after a restart in which this server has lost it. */
export function restoreMedia(
  before: RoomTransition,
  remembered: RememberedMedia | undefined,
  hasSfu: boolean,
): RoomTransition {
  const { media } = before.room;
  if (!remembered || remembered.generation <= media.generation) return before;
  const isPossible = remembered.transport === 'mesh' || hasSfu;
  const restored = isPossible
    ? remembered
    : { transport: 'mesh' as const, generation: remembered.generation + 1 };
  return announce(withMedia(before, { ...initialMedia, ...restored, settled: false }), restored.generation);
}

function moveTo(transport: TransportName, before: Room, outcome: RoomTransition): RoomTransition {
  const generation = outcome.room.media.generation + 1;
  const known = new Set(before.participants.map(({ id }) => id));
  const moved = withMedia(outcome, { transport, generation, settled: false, smallSince: null });
  // Those who join now begin with the new transport.
  const participants = moved.room.participants.map((participant) =>
    known.has(participant.id) ? participant : { ...participant, readyGeneration: generation },
  );
  return settle(announce({ ...moved, room: { ...moved.room, participants } }, generation));
}

function announce(before: RoomTransition, generation: number): RoomTransition {
  return notify(before, everyone, { type: 'transport-changed', generation });
}

/** Tells everyone to close the older transport once no participant needs it. Disconnected participants start anew later. */
function settle(outcome: RoomTransition): RoomTransition {
  const { media, participants } = outcome.room;
  if (media.settled) return outcome;
  const needsOlder = ({ connectionId, readyGeneration }: RoomParticipant): boolean =>
    connectionId !== null && readyGeneration !== media.generation;
  if (participants.some(needsOlder)) return outcome;
  const { generation } = media;
  return notify(withMedia(outcome, { ...media, settled: true }), everyone, {
    type: 'transport-settled',
    generation,
  });
}

function withMedia(outcome: RoomTransition, media: RoomMedia): RoomTransition {
  return { ...outcome, room: { ...outcome.room, media } };
}
