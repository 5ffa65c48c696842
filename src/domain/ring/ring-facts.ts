import type { RingEntry } from '../history/history-entry.js';
import type { RingCall, RingCallType, RingReceiver, RingUser } from './ring-call.js';

/** One page or app of a user. The id survives a reload. */
export interface RingDevice {
  readonly uid: string;
  readonly deviceId: string;
}

/** Requests of devices, and what timers and connections reported. `at`: ms since 1970, by the server's clock. */
export type RingFact = { readonly at: number } & (
  | {
      readonly type: 'call-placed';
      readonly by: RingDevice;
      readonly initiator: RingUser;
      readonly receiver: RingReceiver;
      /** The users to ring, without the initiator. */
      readonly callees: readonly RingUser[];
      readonly callType: RingCallType;
      /** The id of the new call, unless the request joins an existing one. */
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
  /** The call continues on another device of the same user, because its page was reopened. */
  | { readonly type: 'call-taken-over'; readonly by: RingDevice; readonly sessionId: string }
  /** A device has been disconnected for longer than a reload takes. */
  | { readonly type: 'device-gone'; readonly device: RingDevice }
  /** A page was closed and did not come back. Unlike a lost connection, this also ends a call that still rings. */
  | { readonly type: 'page-closed'; readonly device: RingDevice }
  /** The media session has no participants left. */
  | { readonly type: 'session-emptied'; readonly sessionId: string }
  | { readonly type: 'time-passed' }
);

/** Why a request was refused: a code of the failure table. */
export type RingRefusal =
  | 'CALL_NOT_FOUND'
  | 'CALL_OVER'
  | 'CALL_ANSWERED_ELSEWHERE'
  | 'CALL_ALREADY_INITIATED'
  | 'CALL_IN_PROGRESS'
  | 'INVALID_ARGUMENT';

/** The calls in scope of a decision, live or recently ended, by session id. */
export type RingState = ReadonlyMap<string, RingCall>;

/** A changed call, to be sent to every device of the user `to`. */
export interface RingMessage {
  readonly to: string;
  readonly call: RingCall;
}

/** The result of a fact. `call` is the call it concerned; `refusal` is why nothing was done. */
export interface RingTransitionResult {
  readonly state: RingState;
  readonly messages: readonly RingMessage[];
  /** One entry per changed call, for the call history. */
  readonly history: readonly RingEntry[];
  readonly call: RingCall | null;
  readonly refusal: RingRefusal | null;
}
