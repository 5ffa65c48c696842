import type { RingCall, RingCallType, RingReceiver, RingUser } from './ring-call.js';

/** A device is one page (or app) of a user; reloading keeps its id. */
export interface RingDevice {
  readonly uid: string;
  readonly deviceId: string;
}

/** What devices asked for, and what the clock and the sockets showed. `at`: the server's clock in ms since 1970. */
export type RingFact = { readonly at: number } & (
  | {
      readonly type: 'call-placed';
      readonly by: RingDevice;
      readonly initiator: RingUser;
      readonly receiver: RingReceiver;
      /** Who rings, without the initiator. */
      readonly callees: readonly RingUser[];
      readonly callType: RingCallType;
      /** The id the call gets unless it becomes part of another one. */
      readonly sessionId: string;
      readonly key: string;
      readonly ringMs: number;
      readonly metadata: unknown;
    }
  | {
      readonly type: 'call-accepted';
      readonly by: RingDevice;
      readonly user: RingUser;
      readonly sessionId: string;
    }
  | {
      readonly type: 'call-rejected';
      readonly by: RingDevice;
      readonly sessionId: string;
      readonly busy: boolean;
    }
  | { readonly type: 'call-hung-up'; readonly by: RingDevice; readonly sessionId: string }
  /** Another device of the same user is where the call goes on: its page was reopened. */
  | { readonly type: 'call-taken-over'; readonly by: RingDevice; readonly sessionId: string }
  /** A device has been away for longer than a reload takes. */
  | { readonly type: 'device-gone'; readonly device: RingDevice }
  /** Nobody is in the media session any more. */
  | { readonly type: 'session-emptied'; readonly sessionId: string }
  | { readonly type: 'time-passed' }
);

/** Why a device's wish was not granted: rows of the failure table. */
export type RingRefusal =
  | 'CALL_NOT_FOUND'
  | 'CALL_OVER'
  | 'CALL_ANSWERED_ELSEWHERE'
  | 'CALL_ALREADY_INITIATED'
  | 'CALL_IN_PROGRESS'
  | 'INVALID_ARGUMENT';

/** The live calls a decision may concern, and those that ended lately, by session id. */
export type RingState = ReadonlyMap<string, RingCall>;

/** A call changed: every device of `to` is to know. */
export interface RingMessage {
  readonly to: string;
  readonly call: RingCall;
}

/** What a fact led to. `call` is the one it was about; `refusal` tells why nothing was done. */
export interface RingTransitionResult {
  readonly state: RingState;
  readonly messages: readonly RingMessage[];
  readonly call: RingCall | null;
  readonly refusal: RingRefusal | null;
}
