import type { RingCall } from '../ring/ring-call.js';

/** A user as the call history keeps them: nothing personal beyond uid, name and avatar. */
export interface HistoryUser {
  readonly uid: string;
  readonly name: string;
  /** URL of a picture, or empty. */
  readonly avatar: string;
}

/** `disconnected`: did not come back within the grace period. `ended-for-all`: someone ended the session for all. */
export type LeaveReason = 'left' | 'disconnected' | 'ended-for-all';

/** One stay of a user in a call, on one device. */
export interface Stay {
  /** The participant id. */
  readonly memberId: string;
  readonly user: HistoryUser;
  /** ms since 1970. */
  readonly joinedAt: number;
  readonly isPresenter: boolean;
}

/** What happened in a room. */
export type RoomFact =
  | { readonly type: 'call-started' }
  | { readonly type: 'member-joined'; readonly stay: Stay }
  | {
      readonly type: 'member-left';
      readonly stay: Stay;
      readonly reason: LeaveReason;
      /** Connected without sending video (ms). */
      readonly audioMs: number;
      /** Connected and sending the camera or the screen (ms). */
      readonly videoMs: number;
    }
  | {
      readonly type: 'screen-share-started' | 'screen-share-ended' | 'recording-started' | 'recording-ended';
      readonly stay: Stay;
      /** When it started (ms since 1970): with the stay, that identifies the share or the recording. */
      readonly startedAt: number;
    }
  | { readonly type: 'call-ended' };

/** What happened to a ringing call. */
export type RingHistoryFact =
  | {
      readonly type: 'call-placed';
      readonly initiator: HistoryUser;
      readonly invited: readonly HistoryUser[];
    }
  | {
      readonly type: 'user-answered' | 'user-missed' | 'user-declined' | 'user-busy' | 'user-left';
      readonly user: HistoryUser;
    }
  | { readonly type: 'call-cancelled' }
  | { readonly type: 'call-ended' };

/** Identifies what one step contributed: the same id and number are the same entry, however often it arrives. */
interface EntryKey {
  /** Of the call, not of the session: sessions are used again. */
  readonly callId: string;
  /** Increases with every entry of the same call and source, also across restarts of the server. */
  readonly seq: number;
  /** ms since 1970. */
  readonly at: number;
}

/** A call in a room as it is after a step; `null` fields are yet to come. */
export interface RoomCallSummary {
  readonly sessionId: string;
  readonly startedAt: number;
  readonly initiator: HistoryUser;
  readonly category: 'call' | 'meet' | 'presenter';
  /** Whether a participant has sent video so far. */
  readonly hasVideo: boolean;
  readonly hasRecording: boolean;
  /** How long at least one participant sent video (ms). */
  readonly videoMs: number;
  readonly endedAt: number | null;
}

/** The facts of one step of a room. */
export interface RoomEntry extends EntryKey {
  readonly source: 'room';
  readonly call: RoomCallSummary;
  readonly facts: readonly RoomFact[];
}

/** The facts of one step of a ringing call; `seq` is its revision. */
export interface RingEntry extends EntryKey {
  readonly source: 'ring';
  readonly call: Omit<RingCall, 'keys' | 'by' | 'metadata'>;
  readonly facts: readonly RingHistoryFact[];
}

/**
 * What one pure step of a room or a ringing call adds to the history. Besides its facts it carries the call as it is
 * after the step: an entry that arrives twice or late changes nothing, and a lost one is made good by the next.
 */
export type HistoryEntry = RoomEntry | RingEntry;

/** Session ids of ringing calls begin with this: such a session is used for that one call only. */
const ringPrefix = 'ring-';

export function ringSessionId(id: string): string {
  return ringPrefix + id;
}

/** The id of a call that starts in this session. A ringing call and what happens in its session are one call. */
export function callIdFor(sessionId: string, newId: string): string {
  return sessionId.startsWith(ringPrefix) ? sessionId : newId;
}
