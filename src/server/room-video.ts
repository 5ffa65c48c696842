import type { ParticipantId } from '../domain/participant.js';
import { everybody, others, step, tell, type RoomStep } from './room-step.js';
import type { Room, VideoRequest, VideoSwitch } from './room.js';

/**
 * Asks everybody else; alone, the call is switched at once, with oneself as the one who agreed.
 * Asking while another asks is agreeing with the other.
 */
export function requestVideo(room: Room, by: ParticipantId): RoomStep {
  if (room.videoRequest) return room.videoRequest.by === by ? step(room) : answerVideo(room, by, true);
  const waitingFor = room.members.map(({ id }) => id).filter((id) => id !== by);
  if (waitingFor.length === 0) return switched(step(room), by, by);
  const asked: Room = { ...room, videoRequest: { by, waitingFor, lastAccepted: null } };
  return tell(step(asked), others(by), { type: 'video-requested', by });
}

/** Somebody who comes back tells of a switch that this server, which was restarted, does not know of. */
export function recallSwitch(
  before: RoomStep,
  by: ParticipantId,
  switched: VideoSwitch | undefined,
): RoomStep {
  if (!switched || before.room.switched) return before;
  const { initiator, responder } = switched;
  const after = { ...before, room: { ...before.room, switched: { initiator, responder } } };
  return tell(after, others(by), { type: 'switched-to-video', initiator, responder });
}

/** All must agree; one refusal ends the request. An answer that nobody waits for changes nothing. */
export function answerVideo(room: Room, id: ParticipantId, accept: boolean): RoomStep {
  const request = room.videoRequest;
  if (!request?.waitingFor.includes(id)) return step(room);
  return accept ? without(step(room), { ...request, lastAccepted: id }, id) : ended(step(room));
}

/** A request ends with the one who made it; anybody else who leaves is no longer waited for. */
export function voterLeft(before: RoomStep, id: ParticipantId): RoomStep {
  const request = before.room.videoRequest;
  if (!request) return before;
  if (request.by === id) return ended(before);
  return request.waitingFor.includes(id) ? without(before, request, id) : before;
}

function without(before: RoomStep, request: VideoRequest, id: ParticipantId): RoomStep {
  const waitingFor = request.waitingFor.filter((one) => one !== id);
  if (waitingFor.length > 0)
    return { ...before, room: { ...before.room, videoRequest: { ...request, waitingFor } } };
  // Everybody asked has left without a word: nobody agreed.
  return request.lastAccepted === null ? ended(before) : switched(before, request.by, request.lastAccepted);
}

function switched(before: RoomStep, initiator: ParticipantId, responder: ParticipantId): RoomStep {
  const { room, sayings } = settled(before);
  const after = { room: { ...room, switched: { initiator, responder } }, sayings };
  return tell(after, everybody, { type: 'switched-to-video', initiator, responder });
}

function ended(before: RoomStep): RoomStep {
  return tell(settled(before), everybody, { type: 'video-request-ended' });
}

function settled(before: RoomStep): RoomStep {
  return { ...before, room: { ...before.room, videoRequest: null } };
}
