import {
  isLive,
  legOf,
  type RingCall,
  type RingCallType,
  type RingLegState,
  type RingReceiver,
  type RingStatus,
  type RingUser,
} from './ring-call.js';

/** Somebody concerned by a call, as the others see them. */
export interface RingParty extends RingUser {
  readonly state: RingLegState;
}

/** A call as one of its users gets to see it: nobody learns another's device ids. */
export interface RingView {
  readonly sessionId: string;
  readonly revision: number;
  readonly type: RingCallType;
  readonly status: RingStatus;
  readonly initiator: RingUser;
  readonly receiver: RingReceiver;
  /** Everybody concerned, the initiator first. */
  readonly parties: readonly RingParty[];
  /** The user who looks, and the device of theirs that takes part, rejected or left. */
  readonly self: { readonly uid: string; readonly state: RingLegState; readonly deviceId: string | null };
  /** ms since 1970, by the server's clock. */
  readonly initiatedAt: number;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  /** How long it still rings, in ms: clocks of pages differ, spans do not. */
  readonly ringsForMs: number;
  /** Who caused the last change, and with which device if it was the user who looks. */
  readonly by: { readonly uid: string; readonly deviceId: string | null } | null;
  readonly metadata: unknown;
}

/** The call as `uid` sees it; `undefined` for strangers. */
export function viewOf(call: RingCall, uid: string, at: number): RingView | undefined {
  const leg = legOf(call, uid);
  const initiator = legOf(call, call.initiatorUid);
  if (!leg || !initiator) return undefined;
  const { sessionId, revision, type, status, receiver, initiatedAt, answeredAt, endedAt, by, metadata } =
    call;
  return {
    sessionId,
    revision,
    type,
    status,
    initiator: initiator.user,
    receiver,
    parties: call.legs.map(({ user, state }) => ({ ...shownTo(uid, call, user, state), state })),
    self: { uid, state: leg.state, deviceId: leg.deviceId },
    initiatedAt,
    answeredAt,
    endedAt,
    ringsForMs: leg.state === 'joined' && status === 'ongoing' ? 0 : Math.max(0, call.expiresAt - at),
    by: by && { uid: by.uid, deviceId: by.uid === uid ? by.deviceId : null },
    metadata,
  };
}

/** Ringing a group of uids is no way to learn whose they are: whoever has not taken part is shown by uid. */
function shownTo(uid: string, call: RingCall, user: RingUser, state: RingLegState): RingUser {
  const isKnown =
    call.receiver.type === 'user' ||
    [uid, call.initiatorUid].includes(user.uid) ||
    state === 'joined' ||
    state === 'left';
  return isKnown ? user : { uid: user.uid, name: user.uid, avatar: '' };
}

/** What a page tells its listeners about a call that changed. */
export type RingEvent = 'incoming' | 'incoming-cancelled' | 'accepted' | 'rejected' | 'ended';

/**
 * What happened between two views of a call, for the page `deviceId`. The same comparison serves what the
 * server pushes and what a page finds after a gap, so nothing is missed, and nothing is told twice.
 * What a page did itself is told by its own promise, not by an event.
 */
export function ringEvent(
  previous: RingView | undefined,
  next: RingView,
  deviceId: string,
): RingEvent | undefined {
  if (!previous) return isLive(next) && next.self.state === 'ringing' ? 'incoming' : undefined;
  const isOwnAction = next.by?.deviceId === deviceId;
  if (previous.self.state === 'ringing') {
    const isStillHere =
      next.self.state === 'ringing' || (next.self.state === 'joined' && next.self.deviceId === deviceId);
    return isStillHere || isOwnAction ? undefined : 'incoming-cancelled';
  }
  const wasJoinedHere = previous.self.state === 'joined' && previous.self.deviceId === deviceId;
  if (!wasJoinedHere || !isLive(previous) || previous.status === next.status)
    return groupLeft(previous, next, wasJoinedHere, isOwnAction);
  if (next.status === 'ongoing') return 'accepted';
  if (isOwnAction) return undefined;
  return previous.status === 'initiated' && next.status !== 'ended' ? 'rejected' : 'ended';
}

/** Another device of the same user hung up for both, while the others of the group go on. */
function groupLeft(
  previous: RingView,
  next: RingView,
  wasJoinedHere: boolean,
  isOwnAction: boolean,
): RingEvent | undefined {
  return wasJoinedHere && !isOwnAction && isLive(previous) && next.self.state === 'left'
    ? 'ended'
    : undefined;
}
