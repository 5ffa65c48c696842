/** What a user is known by while it rings. */
export interface RingUser {
  readonly uid: string;
  readonly name: string;
  /** URL of a picture, or empty. */
  readonly avatar: string;
}

/** `initiated` rings, `ongoing` was answered, everything else is over: the words of CometChat's CALL_STATUS. */
export type RingStatus = 'initiated' | 'ongoing' | 'unanswered' | 'rejected' | 'busy' | 'cancelled' | 'ended';

export type RingCallType = 'audio' | 'video';

/** Whom a call is for: one user, or a group whose members the initiator named. */
export type RingReceiver =
  | { readonly type: 'user'; readonly uid: string }
  | { readonly type: 'group'; readonly guid: string; readonly name: string };

/** How one user stands to a call. `missed`: it stopped ringing unanswered. */
export type RingLegState = 'ringing' | 'joined' | 'rejected' | 'busy' | 'missed' | 'left';

/** One user's side of a call. */
export interface RingLeg {
  readonly user: RingUser;
  readonly state: RingLegState;
  /** The device that joined, rejected or left; `null` while all of the user's devices ring. */
  readonly deviceId: string | null;
}

/** A call from its first ring to its end, as the server holds it. Plain JSON, so that any store can. */
export interface RingCall {
  readonly sessionId: string;
  /** Keys of the requests that led to it, each chosen by the device that called: one that is sent twice places one call. */
  readonly keys: readonly string[];
  /** Grows with every change: what arrives late is recognised and dropped. */
  readonly revision: number;
  readonly type: RingCallType;
  readonly status: RingStatus;
  readonly initiatorUid: string;
  readonly receiver: RingReceiver;
  /** Everybody concerned, the initiator first. */
  readonly legs: readonly RingLeg[];
  /** Server's clock, ms since 1970; so are the others. */
  readonly initiatedAt: number;
  /** When it stops to ring. */
  readonly expiresAt: number;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  /** Who caused the last change; `null`: the clock, or a device that vanished. */
  readonly by: { readonly uid: string; readonly deviceId: string } | null;
  /** The application's own words to the others, untouched. */
  readonly metadata: unknown;
}

/** CometChat's default: how long a call rings, in ms. */
export const defaultRingMs = 45_000;

export function isLive({ status }: { readonly status: RingStatus }): boolean {
  return status === 'initiated' || status === 'ongoing';
}

export function legOf(call: RingCall, uid: string): RingLeg | undefined {
  return call.legs.find(({ user }) => user.uid === uid);
}

/** Whether `deviceId` is where `uid` takes part in the call. */
export function isJoinedOn(call: RingCall, uid: string, deviceId: string): boolean {
  const leg = legOf(call, uid);
  return isLive(call) && leg?.state === 'joined' && leg.deviceId === deviceId;
}
