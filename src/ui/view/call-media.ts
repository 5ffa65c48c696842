import type { TrackSource } from '../../domain/call/call-state.js';
import type { ParticipantId } from '../../domain/call/participant.js';

/** Loudness by participant, 0 to 1. */
export type Levels = ReadonlyMap<ParticipantId, number>;

/** The streams that the interface shows and plays; implemented by the owner of the call. */
export interface CallMedia {
  /** One object for each track: a media element whose stream lost its tracks never recovers in Chromium. */
  streamOf(id: ParticipantId, source: TrackSource): MediaStream | null;
  /** About ten times a second. */
  onLevels(handle: (levels: Levels) => void, options: { readonly signal: AbortSignal }): void;
  /** The speaker in use; empty: the system's. */
  readonly sinkId: string;
}
