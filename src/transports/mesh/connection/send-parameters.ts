import type { TrackSource } from '../../../domain/call/call-state.js';

/** TypeScript's library does not know the size limit yet; Firefox leaves it out without an error. */
interface Encoding extends Partial<RTCRtpEncodingParameters> {
  readonly scaleResolutionDownTo?: { readonly maxWidth: number; readonly maxHeight: number };
}

/** How a source is encoded for each of the others. */
export interface SendParameters {
  readonly encoding: Encoding;
  readonly degradationPreference?: RTCDegradationPreference;
}

interface EncodingRow {
  readonly peers: number;
  readonly encoding: Encoding;
}

/**
 * A mesh encodes and uploads each video once for each of the others, so each copy gets smaller as they grow in number.
 * The row with the largest `peers` that is reached holds. Every row has the same members: parameters that are left out
 * would keep their last value.
 */
const cameraRows: readonly EncodingRow[] = [
  { peers: 6, encoding: { maxBitrate: 350_000, scaleResolutionDownBy: 2 } },
  { peers: 4, encoding: { maxBitrate: 500_000, scaleResolutionDownBy: 1.5 } },
  { peers: 3, encoding: { maxBitrate: 700_000, scaleResolutionDownBy: 1 } },
  { peers: 2, encoding: { maxBitrate: 1_000_000, scaleResolutionDownBy: 1 } },
  { peers: 0, encoding: { maxBitrate: 1_700_000, scaleResolutionDownBy: 1 } },
];

const size = (maxWidth: number, maxHeight: number) => ({ scaleResolutionDownTo: { maxWidth, maxHeight } });

/** Text has to stay readable, so a large group gets fewer frames before it gets fewer pixels. */
const screenRows: readonly EncodingRow[] = [
  { peers: 6, encoding: { maxBitrate: 600_000, maxFramerate: 5, ...size(1920, 1080) } },
  { peers: 4, encoding: { maxBitrate: 900_000, maxFramerate: 8, ...size(1920, 1080) } },
  { peers: 3, encoding: { maxBitrate: 1_200_000, maxFramerate: 12, ...size(2560, 1440) } },
  { peers: 2, encoding: { maxBitrate: 1_700_000, maxFramerate: 15, ...size(2560, 1440) } },
  { peers: 0, encoding: { maxBitrate: 2_500_000, maxFramerate: 30, ...size(3840, 2160) } },
];

/** What to ask of the browser for `source` while `peers` others are in the call. */
export function sendParameters(source: TrackSource, peers: number): SendParameters {
  switch (source) {
    case 'microphone':
      return { encoding: { priority: 'high', networkPriority: 'high' } };
    case 'screen-audio':
      return { encoding: {} };
    case 'screen':
      return { encoding: encodingFor(peers, screenRows), degradationPreference: 'maintain-resolution' };
    case 'camera':
      return { encoding: encodingFor(peers, cameraRows), degradationPreference: 'balanced' };
  }
}

function encodingFor(peers: number, rows: readonly EncodingRow[]): Encoding {
  return rows.find((row) => peers >= row.peers)?.encoding ?? {};
}
