import {
  isLive,
  legOf,
  type RingCall,
  type RingLeg,
  type RingLegState,
  type RingStatus,
} from './ring-call.js';
import type { RingDevice } from './ring-facts.js';

/** Sets the state of one leg, and the call's status that follows from all legs. */
export function changeLeg(
  call: RingCall,
  { uid, deviceId }: RingDevice,
  change: { readonly state: RingLegState; readonly name?: string; readonly avatar?: string },
  at: number,
): RingCall {
  const { state, name, avatar } = change;
  const legs = call.legs.map((leg): RingLeg => {
    if (leg.user.uid !== uid) return leg;
    return { state, deviceId, user: { uid, name: name ?? leg.user.name, avatar: avatar ?? leg.user.avatar } };
  });
  return withStatus({ ...call, legs, by: { uid, deviceId } }, at);
}

/** Expires ringing: the legs that still ring become `missed`. */
export function withExpiry(call: RingCall, at: number): RingCall {
  if (at < call.expiresAt || !legsIn(call, 'ringing').length) return call;
  const legs = call.legs.map((leg): RingLeg => (leg.state === 'ringing' ? { ...leg, state: 'missed' } : leg));
  return withStatus({ ...call, legs, by: null }, at);
}

/** The participating device is gone. A call that is still ringing continues to ring until its timeout. */
export function withoutDevice(call: RingCall, { uid, deviceId }: RingDevice, at: number): RingCall {
  if (call.status !== 'ongoing') return call;
  return { ...changeLeg(call, { uid, deviceId }, { state: 'left' }, at), by: null };
}

/** The media session is empty: all joined legs have left. */
export function withoutParticipants(call: RingCall, at: number): RingCall {
  if (call.status !== 'ongoing') return call;
  const legs = call.legs.map((leg): RingLeg => (leg.state === 'joined' ? { ...leg, state: 'left' } : leg));
  return withStatus({ ...call, legs, by: null }, at);
}

/** Moves a leg to another device of the user. */
export function withDevice(call: RingCall, device: RingDevice): RingCall {
  const legs = call.legs.map((leg): RingLeg =>
    leg.user.uid === device.uid ? { ...leg, deviceId: device.deviceId } : leg,
  );
  return { ...call, legs, by: device, revision: call.revision + 1 };
}

/** The only function that sets a status. */
function withStatus(call: RingCall, at: number): RingCall {
  const status = statusOf(call);
  const revision = call.revision + 1;
  if (status === 'initiated') return { ...call, revision };
  if (status === 'ongoing') return { ...call, revision, status, answeredAt: call.answeredAt ?? at };
  const legs = call.legs.map((leg): RingLeg => {
    if (leg.state === 'ringing') return { ...leg, state: 'missed' };
    return leg.state === 'joined' ? { ...leg, state: 'left' } : leg;
  });
  return { ...call, revision, status, legs, endedAt: at };
}

function statusOf(call: RingCall): RingStatus {
  if (!isLive(call)) return call.status;
  const joined = legsIn(call, 'joined').length;
  const ringing = legsIn(call, 'ringing').length;
  if (call.status === 'ongoing') return joined > 1 || (joined === 1 && ringing > 0) ? 'ongoing' : 'ended';
  if (legOf(call, call.initiatorUid)?.state !== 'joined') return 'cancelled';
  if (joined > 1) return 'ongoing';
  return ringing > 0 ? 'initiated' : rejectedStatus(call);
}

/** The status of a call that stopped ringing unanswered. In a group, a rejection concerns only that member. */
function rejectedStatus(call: RingCall): RingStatus {
  const [, callee] = call.legs;
  if (call.receiver.type === 'group') return 'unanswered';
  return callee?.state === 'rejected' || callee?.state === 'busy' ? callee.state : 'unanswered';
}

function legsIn(call: RingCall, state: RingLegState): readonly RingLeg[] {
  return call.legs.filter((leg) => leg.state === state);
}
