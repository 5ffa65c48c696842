import { isViewer, type ParticipantId } from '../../../domain/call/participant.js';
import { everyone, everyoneExcept, transitionTo, notify, type RoomTransition } from '../room-transition.js';
import type { Room, VideoRequest, VideoSwitch } from '../room.js';

/**
 * Requests a switch to video from all others who may send it; a viewer neither asks nor is asked. Alone in the call, the
 * switch completes at once with the requester as responder. A request while another one is pending accepts that one.
 */
export function requestVideo(room: Room, by: ParticipantId): RoomTransition {
  const senders = room.participants.filter((participant) => !isViewer(participant)).map(({ id }) => id);
  if (!senders.includes(by)) return transitionTo(room);
  if (room.videoRequest)
    return room.videoRequest.by === by ? transitionTo(room) : answerVideo(room, by, true);
  const waitingFor = senders.filter((id) => id !== by);
  if (waitingFor.length === 0) return completeSwitch(transitionTo(room), by, by);
  const requested: Room = { ...room, videoRequest: { by, waitingFor, lastAccepted: null } };
  return notify(transitionTo(requested), ({ id }) => waitingFor.includes(id), {
    type: 'video-requested',
    by,
  });
}

/** Restores a completed switch from a resuming client when this server has lost it in a restart. */
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

/** All must accept; one rejection ends the request. An unexpected answer changes nothing. */
export function answerVideo(room: Room, id: ParticipantId, accept: boolean): RoomTransition {
  const request = room.videoRequest;
  if (!request?.waitingFor.includes(id)) return transitionTo(room);
  return accept
    ? withoutRespondent(transitionTo(room), { ...request, lastAccepted: id }, id)
    : endRequest(transitionTo(room));
}

/** A participant left: a request ends with its requester; any other participant is no longer waited for. */
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
  // All who were asked left without answering.
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
