import type { CallError, CallErrorCode } from '../call-error.js';
import type { LeaveReason } from './call-state.js';
import type { LayoutMode, LinkState, LocalSource, TileRef } from './call-state.js';
import type { DeviceLists } from '../media/devices.js';
import type { Participant, ParticipantChanges, ParticipantId } from './participant.js';

/** What the server answers to a join or a resume: the authoritative picture. */
export interface Snapshot {
  readonly sessionId: string;
  readonly self: Participant;
  /** The others. */
  readonly participants: readonly Participant[];
}

/** Facts: things that have already happened. `at` is this machine's clock in ms since 1970. */
export type CallFact =
  | { readonly type: 'join-started' }
  | {
      readonly type: 'joined';
      readonly snapshot: Snapshot;
      readonly at: number;
      readonly mode: LayoutMode;
      readonly audioOnly: boolean;
    }
  /** The signalling connection broke. */
  | { readonly type: 'connection-lost' }
  /** It is back. `absent`: known participants whom the server (perhaps restarted) does not list, but who may yet return. */
  | {
      readonly type: 'connection-restored';
      readonly snapshot: Snapshot;
      readonly absent: readonly ParticipantId[];
    }
  | { readonly type: 'participant-joined'; readonly participant: Participant }
  | { readonly type: 'participant-left'; readonly id: ParticipantId }
  /** `by` caused the change; `null`: the server saw it. */
  | {
      readonly type: 'participant-updated';
      readonly id: ParticipantId;
      readonly changes: ParticipantChanges;
      readonly by: ParticipantId | null;
    }
  | { readonly type: 'link-changed'; readonly id: ParticipantId; readonly state: LinkState }
  | { readonly type: 'quality-changed'; readonly id: ParticipantId; readonly quality: number }
  | { readonly type: 'speaker-changed'; readonly id: ParticipantId | null }
  | { readonly type: 'media-wanted'; readonly source: LocalSource; readonly on: boolean }
  | {
      readonly type: 'media-settled';
      readonly source: LocalSource;
      readonly on: boolean;
      /** It is still wanted although it is not on: the system has interrupted it. */
      readonly wanted?: boolean;
      /** Why it is not on although it was wanted, or what failed while it stays on. */
      readonly trouble?: CallErrorCode;
    }
  | { readonly type: 'streams-changed' }
  | { readonly type: 'facing-changed'; readonly facingMode: 'user' | 'environment' }
  | { readonly type: 'devices-changed'; readonly devices: DeviceLists }
  | { readonly type: 'mode-set'; readonly mode: LayoutMode }
  /** The page made it a voice call, or a video call again. */
  | { readonly type: 'audio-only-set'; readonly audioOnly: boolean }
  | { readonly type: 'tile-pinned'; readonly tile: TileRef | null }
  | { readonly type: 'participant-list-shown'; readonly on: boolean }
  /** The user pressed a button of the control bar. */
  | { readonly type: 'control-pressed'; readonly control: string }
  | { readonly type: 'picture-in-picture-changed'; readonly on: boolean }
  | { readonly type: 'video-requested'; readonly by: ParticipantId }
  | { readonly type: 'video-request-ended' }
  | {
      readonly type: 'switched-to-video';
      readonly initiator: ParticipantId;
      readonly responder: ParticipantId;
    }
  | { readonly type: 'idle-warned'; readonly endsAt: number }
  | { readonly type: 'idle-cleared' }
  | { readonly type: 'end-pressed' }
  /** Something failed, and the call goes on. */
  | { readonly type: 'failed'; readonly error: CallError }
  | { readonly type: 'ended'; readonly reason: LeaveReason; readonly error?: CallError; readonly at: number };
