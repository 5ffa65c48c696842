/** A user in a ring call. */
export interface RingUser {
  readonly uid: string;
  readonly name: string;
  /** URL of a picture, or empty. */
  readonly avatar: string;
}

/** `initiated`: ringing. `ongoing`: answered. All others: over. The names are those of CometChat's CALL_STATUS. */
export type RingStatus = 'initiated' | 'ongoing' | 'unanswered' | 'rejected' | 'busy' | 'cancelled' | 'ended';

export type RingCallType = 'audio' | 'video';

/** The receiver of a call: one user, or a group whose members the initiator listed. */
export type RingReceiver =
  | { readonly type: 'user'; readonly uid: string }
  | { readonly type: 'group'; readonly guid: string; readonly name: string };

/** The state of one user in a call. `missed`: ringing stopped without an answer. */
export type RingLegState = 'ringing' | 'joined' | 'rejected' | 'busy' | 'missed' | 'left';

/** One user's side of a call. */
export interface RingLeg {
  readonly user: RingUser;
  readonly state: RingLegState;
  /** The device that joined, rejected or left; `null` while the user's devices ring, or if the call was missed. */
  readonly deviceId: string | null;
}

/** A call from its first ring to its end, on the server. Plain JSON, so that any store can hold it. */
export interface RingCall {
  readonly sessionId: string;
  /** The idempotency keys of the requests that placed it, chosen by the calling devices. */
  readonly keys: readonly string[];
  /** Increases with every change, so that late messages can be recognised and dropped. */
  readonly revision: number;
  readonly type: RingCallType;
  readonly status: RingStatus;
  readonly initiatorUid: string;
  readonly receiver: RingReceiver;
  /** One leg per user, the initiator first. */
  readonly legs: readonly RingLeg[];
  /** Times are ms since 1970, by the server's clock. */
  readonly initiatedAt: number;
  /** When it stops ringing. */
  readonly expiresAt: number;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  /** The device that caused the last change; `null`: a timeout, or a device that disconnected. */
  readonly by: { readonly uid: string; readonly deviceId: string } | null;
  /** Data from the application, passed to the other users unchanged. */
  readonly metadata: unknown;
}

/** How long a call rings by default (ms), as in CometChat. */
export const defaultRingMs = 45_000;

export function isLive({ status }: { readonly status: RingStatus }): boolean {
  return status === 'initiated' || status === 'ongoing';
}

export function legOf(call: RingCall, uid: string): RingLeg | undefined {
  return call.legs.find(({ user }) => user.uid === uid);
}

/** Whether `uid` takes part in the call on `deviceId`. */
export function isJoinedOn(call: RingCall, uid: string, deviceId: string): boolean {
  const leg = legOf(call, uid);
  return isLive(call) && leg?.state === 'joined' && leg.deviceId === deviceId;
}
