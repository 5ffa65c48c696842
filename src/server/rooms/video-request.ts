import type { ParticipantId } from '../../domain/call/participant.js';
import { everyone, everyoneExcept, transitionTo, notify, type RoomTransition } from './room-transition.js';
import type { Room, VideoRequest, VideoSwitch } from './room.js';

/**
 * Asks everybody else; alone, the call is switched at once, with oneself as the one who agreed.
 * Asking while another asks is agreeing with the other.
 */
export function requestVideo(room: Room, by: ParticipantId): RoomTransition {
  if (room.videoRequest)
    return room.videoRequest.by === by ? transitionTo(room) : answerVideo(room, by, true);
  const waitingFor = room.participants.map(({ id }) => id).filter((id) => id !== by);
  if (waitingFor.length === 0) return completeSwitch(transitionTo(room), by, by);
  const requested: Room = { ...room, videoRequest: { by, waitingFor, lastAccepted: null } };
  return notify(transitionTo(requested), everyoneExcept(by), { type: 'video-requested', by });
}

/** Somebody who comes back tells of a switch that this server, which was restarted, does not know of. */
export function restoreSwitch(
  before: RoomTransition,
  by: ParticipantId,
  switched: VideoSwitch | undefined,
): RoomTransition {
  if (!switched || before.room.switched) return before;
  const { initiator, responder } = switched;
  const after = { ...before, room: { ...before.room, switched: { initiator, responder } } };
  return notify(after, everyoneExcept(by), { type: 'switched-to-video', initiator, responder });
}

/** All must agree; one refusal ends the request. An answer that nobody waits for changes nothing. */
export function answerVideo(room: Room, id: ParticipantId, accept: boolean): RoomTransition {
  const request = room.videoRequest;
  if (!request?.waitingFor.includes(id)) return transitionTo(room);
  return accept
    ? withoutRespondent(transitionTo(room), { ...request, lastAccepted: id }, id)
    : endRequest(transitionTo(room));
}

/** A request ends with the one who made it; anybody else who leaves is no longer waited for. */
export function respondentLeft(before: RoomTransition, id: ParticipantId): RoomTransition {
  const request = before.room.videoRequest;
  if (!request) return before;
  if (request.by === id) return endRequest(before);
  return request.waitingFor.includes(id) ? withoutRespondent(before, request, id) : before;
}

function withoutRespondent(before: RoomTransition, request: VideoRequest, id: ParticipantId): RoomTransition {
  const waitingFor = request.waitingFor.filter((other) => other !== id);
  if (waitingFor.length > 0)
    return { ...before, room: { ...before.room, videoRequest: { ...request, waitingFor } } };
  // Everybody asked has left without a word: nobody agreed.
  return request.lastAccepted === null
    ? endRequest(before)
    : completeSwitch(before, request.by, request.lastAccepted);
}

function completeSwitch(
  before: RoomTransition,
  initiator: ParticipantId,
  responder: ParticipantId,
): RoomTransition {
  const { room, outbound } = withoutRequest(before);
  const after = { room: { ...room, switched: { initiator, responder } }, outbound };
  return notify(after, everyone, { type: 'switched-to-video', initiator, responder });
}

function endRequest(before: RoomTransition): RoomTransition {
  return notify(withoutRequest(before), everyone, { type: 'video-request-ended' });
}

function withoutRequest(before: RoomTransition): RoomTransition {
  return { ...before, room: { ...before.room, videoRequest: null } };
}
