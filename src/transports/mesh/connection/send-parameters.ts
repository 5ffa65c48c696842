import type { TrackSource } from '../../../domain/call/call-state.js';

/** `scaleResolutionDownTo` is missing in TypeScript's DOM library. Firefox ignores it without an error. */
interface Encoding extends Partial<RTCRtpEncodingParameters> {
  readonly scaleResolutionDownTo?: { readonly maxWidth: number; readonly maxHeight: number };
}

/** How a source is encoded for one peer. */
export interface SendParameters {
  readonly encoding: Encoding;
  readonly degradationPreference?: RTCDegradationPreference;
}

interface EncodingRow {
  readonly peers: number;
  readonly encoding: Encoding;
}

/**
 * A mesh encodes, uploads and decodes each video once per peer, so what each peer gets shrinks as peers are added, about as
 * its tile does: audio comes first. The first row whose `peers` is reached applies. All rows set the same members: an omitted
 * parameter would keep its previous value. `scaleResolutionDownBy` is for a camera of 1280x720.
 *
 * | others | size | frames/s | bit/s for each | for all |
 * |---|---|---|---|---|
 * | 1 | 1280x720 | 30 | 1,700,000 | 1.7 Mb/s |
 * | 2 | 853x480 | 24 | 900,000 | 1.8 Mb/s |
 * | 3 | 640x360 | 20 | 600,000 | 1.8 Mb/s |
 * | 4, 5 | 640x360 | 15 | 450,000 | 2.3 Mb/s |
 * | 6 and more | 427x240 | 15 | 250,000 | 2.5 Mb/s with 10 |
 */
const cameraRows: readonly EncodingRow[] = [
  { peers: 6, encoding: { maxBitrate: 250_000, maxFramerate: 15, scaleResolutionDownBy: 3 } },
  { peers: 4, encoding: { maxBitrate: 450_000, maxFramerate: 15, scaleResolutionDownBy: 2 } },
  { peers: 3, encoding: { maxBitrate: 600_000, maxFramerate: 20, scaleResolutionDownBy: 2 } },
  { peers: 2, encoding: { maxBitrate: 900_000, maxFramerate: 24, scaleResolutionDownBy: 1.5 } },
  { peers: 0, encoding: { maxBitrate: 1_700_000, maxFramerate: 30, scaleResolutionDownBy: 1 } },
];

const size = (maxWidth: number, maxHeight: number) => ({ scaleResolutionDownTo: { maxWidth, maxHeight } });

/** Text must stay readable, so the frame rate drops before the resolution. */
const screenRows: readonly EncodingRow[] = [
  { peers: 6, encoding: { maxBitrate: 600_000, maxFramerate: 5, ...size(1920, 1080) } },
  { peers: 4, encoding: { maxBitrate: 900_000, maxFramerate: 8, ...size(1920, 1080) } },
  { peers: 3, encoding: { maxBitrate: 1_200_000, maxFramerate: 12, ...size(2560, 1440) } },
  { peers: 2, encoding: { maxBitrate: 1_700_000, maxFramerate: 15, ...size(2560, 1440) } },
  { peers: 0, encoding: { maxBitrate: 2_500_000, maxFramerate: 30, ...size(3840, 2160) } },
];

/** The send parameters of `source` in a call with `peers` remote participants. */
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
