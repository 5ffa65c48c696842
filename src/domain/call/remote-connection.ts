import { callEvent } from './call-events.js';
import type { ActiveCall } from './call-state.js';
import { sessionUser, type Participant, type ParticipantId } from './participant.js';
import { result, type TransitionResult } from './transition-result.js';

/**
 * Whether a remote participant is cut off: the server has lost its connection, or no media arrives. Both belong to one outage, in any
 * order, so listeners are notified when the first begins and when the last has ended.
 */
export function isCutOff(call: ActiveCall, id: ParticipantId): boolean {
  const link = call.links.get(id);
  return (
    call.participants.get(id)?.connection === 'reconnecting' || link === 'interrupted' || link === 'failed'
  );
}

/** Begins or ends the outage of a participant, with its event. `before` is the call before the change to `after`. */
export function withOutage(before: ActiveCall, after: ActiveCall, id: ParticipantId): TransitionResult {
  const participant = after.participants.get(id);
  const outage = before.outages.get(id);
  const cutOff = isCutOff(after, id);
  if (!participant || id === after.selfId || (!outage && !cutOff)) return result(after);
  const isConnected = after.links.get(id) === 'connected';
  const mediaRestored =
    isConnected && (before.links.get(id) !== 'connected' || outage?.mediaRestored === true);
  if (cutOff) {
    const next = { ...after, outages: new Map(after.outages).set(id, { mediaRestored }) };
    return outage
      ? result(next)
      : result(next, callEvent('onRemoteConnectionLost', sessionUser(participant)));
  }
  // A participant with a new address is back at the server before anyone notices that its media has stopped.
  return isConnected && !mediaRestored ? result(after) : outageEnded(after, participant);
}

/** Ends the outage of a participant who has been back long enough to show that the media did not stop. */
export function outageOver(call: ActiveCall, id: ParticipantId): TransitionResult {
  const participant = call.outages.has(id) && !isCutOff(call, id) ? call.participants.get(id) : undefined;
  return participant ? outageEnded(call, participant) : result(call);
}

function outageEnded(call: ActiveCall, participant: Participant): TransitionResult {
  const outages = new Map(call.outages);
  outages.delete(participant.id);
  return result({ ...call, outages }, callEvent('onRemoteConnectionRestored', sessionUser(participant)));
}
