import type { RoomEntry } from '../../domain/history/history-entry.js';
import type { ParticipantId } from '../../domain/call/participant.js';
import type { ServerPush } from '../../protocol/messages.js';
import type { ConnectionId, RoomParticipant, Room } from './room.js';

/** A message and its recipients. `closing` also closes their connections. */
export interface OutboundMessage {
  readonly to: readonly ConnectionId[];
  readonly message: ServerPush;
}

/** The result of a change: the next room, and the messages to send once it is stored, in this order. */
export interface RoomTransition {
  readonly room: Room;
  readonly outbound: readonly OutboundMessage[];
  /** What the call history learns; added by `withHistory`. */
  readonly history?: RoomEntry;
}

export function transitionTo(room: Room, outbound: readonly OutboundMessage[] = []): RoomTransition {
  return { room, outbound };
}

type RecipientFilter = (participant: RoomParticipant) => boolean;

export const everyone: RecipientFilter = () => true;

export function everyoneExcept(exceptId: ParticipantId): RecipientFilter {
  return ({ id }) => id !== exceptId;
}

/**
 * Addresses a message to connected recipients. For disconnected ones it is kept if the join answer will not contain
 * that information.
 */
export function notify(
  before: RoomTransition,
  recipients: RecipientFilter,
  message: ServerPush,
): RoomTransition {
  const to: ConnectionId[] = [];
  const participants = before.room.participants.map((participant) => {
    if (!recipients(participant)) return participant;
    if (participant.connectionId === null) return withMissedMessage(participant, message);
    to.push(participant.connectionId);
    return participant;
  });
  return {
    room: { ...before.room, participants },
    outbound: to.length === 0 ? before.outbound : [...before.outbound, { to, message }],
  };
}

function withMissedMessage(participant: RoomParticipant, message: ServerPush): RoomParticipant {
  const key = coalescingKey(participant, message);
  if (key === null) return participant;
  const others = participant.missedMessages.filter((other) => coalescingKey(participant, other) !== key);
  // The join answer contains the switch.
  return {
    ...participant,
    missedMessages: message.type === 'switched-to-video' ? others : [...others, message],
  };
}

/** Per key only the newest message is kept, which bounds the missed messages of a participant. */
function coalescingKey(participant: RoomParticipant, message: ServerPush): string | null {
  switch (message.type) {
    case 'video-requested':
    case 'video-request-ended':
    case 'switched-to-video':
      return 'video';
    case 'participant-updated':
      return message.participantId === participant.id ? Object.keys(message.changes).join() : null;
    default:
      return null;
  }
}
