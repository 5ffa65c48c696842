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

/** A user in a call, as the other users see them. */
export interface RingParty extends RingUser {
  readonly state: RingLegState;
}

/** A call as sent to one of its users, without the device ids of other users. */
export interface RingView {
  /** The id of the session that an accepted call joins. */
  readonly sessionId: string;
  /** Increases with each change of the call. */
  readonly revision: number;
  /** `audio` or `video`. */
  readonly type: RingCallType;
  /** The status of the call. */
  readonly status: RingStatus;
  /** The user who started the call. */
  readonly initiator: RingUser;
  /** The user or group that was called. */
  readonly receiver: RingReceiver;
  /** All users in the call, the initiator first. */
  readonly parties: readonly RingParty[];
  /** The receiving user's leg. */
  readonly self: { readonly uid: string; readonly state: RingLegState; readonly deviceId: string | null };
  /** ms since 1970, by the server's clock. */
  readonly initiatedAt: number;
  /** When the call was answered (ms since 1970); `null` before. */
  readonly answeredAt: number | null;
  /** When the call ended (ms since 1970); `null` before. */
  readonly endedAt: number | null;
  /** Remaining ringing time (ms). A duration, because the clocks of pages differ. */
  readonly ringsForMs: number;
  /** The user who caused the last change; with the device if it is the receiving user. */
  readonly by: { readonly uid: string; readonly deviceId: string | null } | null;
  /** The data that the initiator gave with the call. */
  readonly metadata: unknown;
}

/** The view of the call for `uid`; `undefined` if the user has no leg in it. */
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

/** A group call must not reveal who its members are: users who have not taken part are shown by uid. */
function shownTo(uid: string, call: RingCall, user: RingUser, state: RingLegState): RingUser {
  const isKnown =
    call.receiver.type === 'user' ||
    [uid, call.initiatorUid].includes(user.uid) ||
    state === 'joined' ||
    state === 'left';
  return isKnown ? user : { uid: user.uid, name: user.uid, avatar: '' };
}

/** The events of a changed call on a page. */
export type RingEvent = 'incoming' | 'incoming-cancelled' | 'accepted' | 'rejected' | 'ended';

/**
 * The event that follows from two views of a call, for the page `deviceId`. Pushes and the answer after a reconnect
 * are compared in the same way, so that no event is missed or raised twice. Actions of this page settle their promise
 * and raise no event.
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

/** Another device of the same user left the group call, which continues for the others. */
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
