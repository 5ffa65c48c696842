import type { TrackSource } from '../../../domain/call/call-state.js';

interface MediaSection {
  readonly source: TrackSource;
  readonly kind: 'audio' | 'video';
  /** Lines of the same group are played in step with each other (lip-sync). */
  readonly group: 'person' | 'screen';
}

/** What every connection negotiates once, in this order. Both sides tell the sources apart by it: never reorder. */
export const mediaSections: readonly MediaSection[] = [
  { source: 'microphone', kind: 'audio', group: 'person' },
  { source: 'camera', kind: 'video', group: 'person' },
  { source: 'screen', kind: 'video', group: 'screen' },
  { source: 'screen-audio', kind: 'audio', group: 'screen' },
];

/** What this page sends, to everybody. */
export interface OutgoingMedia {
  readonly tracks: ReadonlyMap<TrackSource, MediaStreamTrack | null>;
  /** Empty; only their ids travel. */
  readonly streams: Readonly<Record<MediaSection['group'], MediaStream>>;
}
