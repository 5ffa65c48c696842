import type { TrackSource } from '../../../domain/call/call-state.js';

interface MediaSection {
  readonly source: TrackSource;
  readonly kind: 'audio' | 'video';
  /** Sections of one group share a MediaStream id, so that the receiver keeps them in sync. */
  readonly group: 'person' | 'screen';
}

/** The media sections that each connection negotiates once. Both sides map sources by index: never reorder. */
export const mediaSections: readonly MediaSection[] = [
  { source: 'microphone', kind: 'audio', group: 'person' },
  { source: 'camera', kind: 'video', group: 'person' },
  { source: 'screen', kind: 'video', group: 'screen' },
  { source: 'screen-audio', kind: 'audio', group: 'screen' },
];

/** The local media sent to all peers. */
export interface OutgoingMedia {
  readonly tracks: ReadonlyMap<TrackSource, MediaStreamTrack | null>;
  /** Protects a transceiver of this peer, before it is negotiated; absent without encryption. */
  readonly protect?: ((transceiver: RTCRtpTransceiver, source: TrackSource) => void) | undefined;
  /** Empty streams; only their ids are sent. */
  readonly streams: Readonly<Record<MediaSection['group'], MediaStream>>;
}
