import type { RingCallType } from '../ring/ring-call.js';

/** A call of the history, as the user whose history it is sees it. */
export interface PastCall {
  /** Of the call; a session may have several. */
  readonly id: string;
  /** The id of the session. */
  readonly sessionId: string;
  /** `audio` or `video`. */
  readonly type: RingCallType;
  /** Whether this user received or started the call. */
  readonly direction: 'incoming' | 'outgoing';
  /** How the call ended. */
  readonly outcome: CallOutcome;
  /** The other user, the group that was called, or the session of a meeting. */
  readonly party: { readonly id: string; readonly name: string; readonly avatar: string };
  /** The target of a call back: one user, or the members of a group. A meeting has none. */
  readonly callBack:
    | { readonly type: 'user'; readonly uid: string }
    | { readonly type: 'group'; readonly members: readonly string[] }
    | null;
  /** ms since 1970. */
  readonly at: number;
  /** How long it lasted (s). */
  readonly seconds: number;
}

/** What became of a call. `missed`: this user did not answer. */
export type CallOutcome = 'ended' | 'ongoing' | 'missed' | 'unanswered' | 'rejected' | 'busy' | 'cancelled';
