import type { CallError, CallErrorCode } from '../call-error.js';
import type { CallEncryption } from './call-encryption.js';
import type { LeaveReason } from './call-state.js';
import type { LayoutMode, LinkState, LocalSource, TileRef } from './call-state.js';
import type { DeviceLists } from '../media/devices.js';
import type { Participant, ParticipantChanges, ParticipantId } from './participant.js';

/** The state of the call in the server's answer to a join or a resume. */
export interface Snapshot {
  readonly sessionId: string;
  readonly self: Participant;
  /** The remote participants. */
  readonly participants: readonly Participant[];
}

/** Facts: things that have happened. `at` is `performance.now()`. */
export type CallFact =
  | { readonly type: 'join-started' }
  | {
      readonly type: 'joined';
      readonly snapshot: Snapshot;
      readonly at: number;
      readonly mode: LayoutMode;
      readonly audioOnly: boolean;
    }
  /** The signalling connection was lost. */
  | { readonly type: 'connection-lost' }
  /**
   * The signalling connection was restored. `absent`: known participants that the server (perhaps restarted) does not
   * list, but that may still resume.
   */
  | {
      readonly type: 'connection-restored';
      readonly snapshot: Snapshot;
      readonly absent: readonly ParticipantId[];
    }
  | { readonly type: 'participant-joined'; readonly participant: Participant }
  | { readonly type: 'participant-left'; readonly id: ParticipantId }
  /** `by` caused the change; `null`: the server. */
  | {
      readonly type: 'participant-updated';
      readonly id: ParticipantId;
      readonly changes: ParticipantChanges;
      readonly by: ParticipantId | null;
    }
  | { readonly type: 'link-changed'; readonly id: ParticipantId; readonly state: LinkState }
  /** A participant who was cut off has been back for a while. */
  | { readonly type: 'outage-over'; readonly id: ParticipantId }
  | { readonly type: 'quality-changed'; readonly id: ParticipantId; readonly quality: number }
  | { readonly type: 'speaker-changed'; readonly id: ParticipantId | null }
  | { readonly type: 'media-wanted'; readonly source: LocalSource; readonly on: boolean }
  | {
      readonly type: 'media-settled';
      readonly source: LocalSource;
      readonly on: boolean;
      /** `true` while the system has interrupted a source that is still requested. */
      readonly wanted?: boolean;
      /** Why a requested source is off, or what failed while it stays on. */
      readonly failure?: CallErrorCode;
    }
  | { readonly type: 'streams-changed' }
  | { readonly type: 'facing-changed'; readonly facingMode: 'user' | 'environment' }
  | { readonly type: 'devices-changed'; readonly devices: DeviceLists }
  | { readonly type: 'mode-set'; readonly mode: LayoutMode }
  /** The page switched to a voice call, or back to a video call. */
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
  | { readonly type: 'encryption-changed'; readonly encryption: CallEncryption }
  | { readonly type: 'end-pressed' }
  /** A failure that does not end the call. */
  | { readonly type: 'failed'; readonly error: CallError }
  | { readonly type: 'ended'; readonly reason: LeaveReason; readonly error?: CallError; readonly at: number };
