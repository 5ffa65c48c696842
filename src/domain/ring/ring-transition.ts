import { ringEntry } from '../history/ring-history.js';
import { isLive, legOf, isJoinedOn, type RingCall } from './ring-call.js';
import { changeLeg, withoutParticipants, withExpiry, withDevice, withoutDevice } from './ring-legs.js';
import type { RingDevice, RingFact, RingRefusal, RingState, RingTransitionResult } from './ring-facts.js';

type Fact<Type extends RingFact['type']> = Extract<RingFact, { type: Type }>;

/**
 * Applies a fact to the calls: the whole ringing logic. Calls whose ringing time is up expire first, so that a late
 * answer cannot revive one.
 */
export function ringTransition(previous: RingState, fact: RingFact): RingTransitionResult {
  const draft = new Draft(previous);
  for (const call of previous.values()) draft.set(withExpiry(call, fact.at));
  const outcome = decide(draft, fact);
  return typeof outcome === 'string'
    ? draft.result(null, outcome, fact.at)
    : draft.result(outcome, null, fact.at);
}

type Outcome = RingCall | RingRefusal | null;

function decide(draft: Draft, fact: RingFact): Outcome {
  switch (fact.type) {
    case 'call-placed':
      return callPlaced(draft, fact);
    case 'call-accepted':
      return callAccepted(draft, fact);
    case 'call-rejected':
      return callRejected(draft, fact);
    case 'call-hung-up':
      return callHungUp(draft, fact);
    case 'call-taken-over':
      return callTakenOver(draft, fact);
    case 'device-gone':
      for (const call of draft.joinedBy(fact.device)) draft.set(withoutDevice(call, fact.device, fact.at));
      return null;
    case 'page-closed':
      draft.leave(fact.device, fact.at);
      return null;
    case 'session-emptied': {
      const call = draft.get(fact.sessionId);
      return call ? draft.set(withoutParticipants(call, fact.at)) : null;
    }
    case 'time-passed':
      return null;
  }
}

function callPlaced(draft: Draft, fact: Fact<'call-placed'>): Outcome {
  const { by, callees, receiver } = fact;
  const repeated = draft.find((call) => call.keys.includes(fact.key) && legOf(call, by.uid) !== undefined);
  if (repeated) return repeated;
  if (callees.length === 0 || callees.some(({ uid }) => uid === by.uid)) return 'INVALID_ARGUMENT';
  const crossing = draft.find((call) => isLive(call) && isCrossing(call, fact));
  if (crossing) return join(draft, { ...crossing, keys: [...crossing.keys, fact.key] }, fact.initiator, fact);
  const other = draft.find((call) => isElsewhere(call, by));
  if (other) return other.status === 'ongoing' ? 'CALL_IN_PROGRESS' : 'CALL_ALREADY_INITIATED';
  draft.leave(by, fact.at);
  return draft.set({
    sessionId: fact.sessionId,
    keys: [fact.key],
    revision: 1,
    type: fact.callType,
    status: 'initiated',
    initiatorUid: by.uid,
    receiver,
    legs: [
      { user: fact.initiator, state: 'joined', deviceId: by.deviceId },
      ...callees.map((user) => ({ user, state: 'ringing' as const, deviceId: null })),
    ],
    initiatedAt: fact.at,
    expiresAt: fact.at + fact.ringMs,
    answeredAt: null,
    endedAt: null,
    by,
    metadata: fact.metadata,
  });
}

/**
 * Two users called each other at once, or several members of a group called it: the later request answers the earlier
 * call.
 */
function isCrossing(call: RingCall, { by, receiver }: Fact<'call-placed'>): boolean {
  const leg = legOf(call, by.uid);
  if (!leg || leg.state === 'joined') return false;
  if (receiver.type === 'user')
    return call.receiver.type === 'user' && call.initiatorUid === receiver.uid && leg.state === 'ringing';
  return call.receiver.type === 'group' && call.receiver.guid === receiver.guid;
}

function isElsewhere(call: RingCall, { uid, deviceId }: RingDevice): boolean {
  const leg = legOf(call, uid);
  return isLive(call) && leg?.state === 'joined' && leg.deviceId !== deviceId;
}

function callAccepted(draft: Draft, fact: Fact<'call-accepted'>): Outcome {
  const call = draft.of(fact);
  if (!call) return 'CALL_NOT_FOUND';
  if (isJoinedOn(call, fact.by.uid, fact.by.deviceId)) return call;
  if (legOf(call, fact.by.uid)?.state === 'joined') return 'CALL_ANSWERED_ELSEWHERE';
  if (!isLive(call)) return 'CALL_OVER';
  return join(draft, call, fact.user, fact);
}

/** A device is in one call at a time: it leaves any other. */
function join(
  draft: Draft,
  call: RingCall,
  { name, avatar }: { readonly name: string; readonly avatar: string },
  { by, at }: { readonly by: RingDevice; readonly at: number },
): RingCall {
  draft.leave(by, at);
  return draft.set(changeLeg(call, by, { state: 'joined', name, avatar }, at));
}

function callRejected(draft: Draft, fact: Fact<'call-rejected'>): Outcome {
  const call = draft.of(fact);
  if (!call) return 'CALL_NOT_FOUND';
  const leg = legOf(call, fact.by.uid);
  if (!isLive(call)) return call;
  if (leg?.state === 'ringing')
    return draft.set(changeLeg(call, fact.by, { state: fact.busy ? 'busy' : 'rejected' }, fact.at));
  // The initiator cancels, or the device that accepted changes its mind. A late rejection from another device of a
  // user who accepted changes nothing.
  const mayEnd = call.initiatorUid === fact.by.uid || leg?.deviceId === fact.by.deviceId;
  return mayEnd ? leave(draft, call, fact) : call;
}

function callHungUp(draft: Draft, fact: Fact<'call-hung-up'>): Outcome {
  const call = draft.of(fact);
  if (!call) return 'CALL_NOT_FOUND';
  if (!isLive(call)) return call;
  if (legOf(call, fact.by.uid)?.state === 'ringing')
    return draft.set(changeLeg(call, fact.by, { state: 'rejected' }, fact.at));
  return leave(draft, call, fact);
}

function leave(draft: Draft, call: RingCall, { by, at }: { by: RingDevice; at: number }): RingCall {
  if (legOf(call, by.uid)?.state !== 'joined') return call;
  return draft.set(changeLeg(call, by, { state: 'left' }, at));
}

function callTakenOver(draft: Draft, fact: Fact<'call-taken-over'>): Outcome {
  const call = draft.of(fact);
  if (!call) return 'CALL_NOT_FOUND';
  const leg = legOf(call, fact.by.uid);
  if (!isLive(call) || leg?.state !== 'joined' || leg.deviceId === fact.by.deviceId) return call;
  return draft.set(withDevice(call, fact.by));
}

/** The calls while a fact is applied; tracks which ones changed. */
class Draft {
  readonly #calls: Map<string, RingCall>;
  readonly #before: RingState;

  constructor(previous: RingState) {
    this.#before = previous;
    this.#calls = new Map(previous);
  }

  get(sessionId: string): RingCall | undefined {
    return this.#calls.get(sessionId);
  }

  /** The call that a device refers to, if its user has a leg in it. */
  of({ by, sessionId }: { readonly by: RingDevice; readonly sessionId: string }): RingCall | undefined {
    const call = this.#calls.get(sessionId);
    return call && legOf(call, by.uid) ? call : undefined;
  }

  find(matches: (call: RingCall) => boolean): RingCall | undefined {
    return [...this.#calls.values()].find(matches);
  }

  joinedBy({ uid, deviceId }: RingDevice): readonly RingCall[] {
    return [...this.#calls.values()].filter((call) => isJoinedOn(call, uid, deviceId));
  }

  set(call: RingCall): RingCall {
    this.#calls.set(call.sessionId, call);
    return call;
  }

  leave(device: RingDevice, at: number): void {
    for (const call of this.joinedBy(device)) this.set(changeLeg(call, device, { state: 'left' }, at));
  }

  result(call: RingCall | null, refusal: RingRefusal | null, at: number): RingTransitionResult {
    const changed = [...this.#calls.values()].filter((now) => this.#before.get(now.sessionId) !== now);
    const messages = changed.flatMap((now) => now.legs.map(({ user }) => ({ to: user.uid, call: now })));
    const history = changed.map((now) => ringEntry(this.#before.get(now.sessionId), now, at));
    return { state: this.#calls, messages, history, call, refusal };
  }
}
