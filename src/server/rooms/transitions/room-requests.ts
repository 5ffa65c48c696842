import type { ParticipantId } from '../../../domain/call/participant.js';
import type { ClientMessage } from '../../../protocol/messages.js';
import type { JoinMessage } from '../../auth/authorize-join.js';
import { leaveRoom, muteParticipant, updateParticipant } from './room-participants.js';
import { participantReady } from './room-media.js';
import type { RoomTransition } from '../room-transition.js';
import type { Room } from '../room.js';
import { answerVideo, requestVideo } from './video-request.js';

/** What a participant sends after the join. */
export type Request = Exclude<ClientMessage, JoinMessage>;

/** Whether the participant has left the room after this request. */
export function endsParticipation({ type }: ClientMessage): boolean {
  return type === 'leave' || type === 'end-session';
}

/** What a request changes in the room. */
export function transitionFor(
  participantId: ParticipantId,
  message: Exclude<Request, { type: 'signal' | 'ping' | 'get-transport' | 'end-session' | 'vouch' }>,
): (room: Room) => RoomTransition {
  switch (message.type) {
    case 'update':
      return (room) => updateParticipant(room, participantId, message.changes);
    case 'mute-participant':
      return (room) => muteParticipant(room, participantId, message);
    case 'request-video':
      return (room) => requestVideo(room, participantId);
    case 'answer-video':
      return (room) => answerVideo(room, participantId, message.accept);
    case 'transport-ready':
      return (room) => participantReady(room, participantId, message.generation);
    case 'leave':
      return (room) => leaveRoom(room, participantId);
  }
}
