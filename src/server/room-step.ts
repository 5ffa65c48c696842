import type { ParticipantId } from '../domain/participant.js';
import type { ServerPush } from '../protocol/messages.js';
import type { ConnectionId, Member, Room } from './room.js';

/** A message and the connections it goes to. `closing` also ends them. */
export interface Saying {
  readonly to: readonly ConnectionId[];
  readonly message: ServerPush;
}

/** What a change leads to: the next room, and what is to be said once it is stored, in this order. */
export interface RoomStep {
  readonly room: Room;
  readonly sayings: readonly Saying[];
}

export function step(room: Room, sayings: readonly Saying[] = []): RoomStep {
  return { room, sayings };
}

type Hears = (member: Member) => boolean;

export const everybody: Hears = () => true;

export function others(than: ParticipantId): Hears {
  return ({ id }) => id !== than;
}

/** Says it to the connected, and keeps it for those who are waited for where the join answer would not tell it. */
export function tell(before: RoomStep, hears: Hears, message: ServerPush): RoomStep {
  const to: ConnectionId[] = [];
  const members = before.room.members.map((member) => {
    if (!hears(member)) return member;
    if (member.connectionId === null) return remembered(member, message);
    to.push(member.connectionId);
    return member;
  });
  return {
    room: { ...before.room, members },
    sayings: to.length === 0 ? before.sayings : [...before.sayings, { to, message }],
  };
}

function remembered(member: Member, message: ServerPush): Member {
  const kept = slot(member, message);
  if (kept === null) return member;
  const rest = member.missed.filter((one) => slot(member, one) !== kept);
  // The join answer tells of the switch.
  return { ...member, missed: message.type === 'switched-to-video' ? rest : [...rest, message] };
}

/** The newest of each slot is kept, so that what is missed never grows. */
function slot(member: Member, message: ServerPush): string | null {
  switch (message.type) {
    case 'video-requested':
    case 'video-request-ended':
    case 'switched-to-video':
      return 'video';
    case 'participant-updated':
      return message.participantId === member.id ? Object.keys(message.changes).join() : null;
    default:
      return null;
  }
}
