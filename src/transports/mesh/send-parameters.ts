import type { TrackSource } from '../../domain/call-state.js';

/** How a source is encoded for each of the others. */
export interface SendParameters {
  readonly encoding: Partial<RTCRtpEncodingParameters>;
  readonly degradationPreference?: RTCDegradationPreference;
}

/**
 * A mesh encodes and uploads the camera once for each of the others, so each copy gets smaller as they grow in number.
 * The row with the largest `peers` that is reached holds.
 */
const cameraRows: readonly {
  readonly peers: number;
  readonly encoding: Partial<RTCRtpEncodingParameters>;
}[] = [
  { peers: 6, encoding: { maxBitrate: 350_000, scaleResolutionDownBy: 2 } },
  { peers: 4, encoding: { maxBitrate: 500_000, scaleResolutionDownBy: 1.5 } },
  { peers: 3, encoding: { maxBitrate: 700_000, scaleResolutionDownBy: 1 } },
  { peers: 2, encoding: { maxBitrate: 1_000_000, scaleResolutionDownBy: 1 } },
  { peers: 0, encoding: { maxBitrate: 1_700_000, scaleResolutionDownBy: 1 } },
];

/** What to ask of the browser for `source` while `peers` others are in the call. */
export function sendParameters(source: TrackSource, peers: number): SendParameters {
  switch (source) {
    case 'microphone':
      return { encoding: { priority: 'high', networkPriority: 'high' } };
    case 'screen-audio':
      return { encoding: {} };
    case 'screen':
      return { encoding: { maxBitrate: 2_500_000 }, degradationPreference: 'maintain-resolution' };
    case 'camera':
      return {
        encoding: cameraRows.find((row) => peers >= row.peers)?.encoding ?? {},
        degradationPreference: 'balanced',
      };
  }
}
