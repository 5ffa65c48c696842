import type { TrackSource } from '../../../domain/call/call-state.js';
import type { VideoSize } from '../../transport.js';

/** `scaleResolutionDownTo` is missing in TypeScript's DOM library. Firefox ignores it without an error. */
interface Encoding extends Partial<RTCRtpEncodingParameters> {
  readonly scaleResolutionDownTo?: { readonly maxWidth: number; readonly maxHeight: number };
}

/** How a source is encoded for one peer. */
export interface SendParameters {
  readonly encoding: Encoding;
  readonly degradationPreference?: RTCDegradationPreference;
}

/** What decides how a source is encoded. */
export interface SendConditions {
  /** The number of remote participants. */
  readonly peers: number;
  /** How many rows further down the table to go, because the processor is short of time. */
  readonly reduction: number;
  /** The height (px) of the video that this peer wants: 0 is none, Infinity the full size. */
  readonly wantedHeight: number;
}

type Rows<Row> = readonly [Row, ...Row[]];
type CameraRow = VideoSize & { readonly maxBitrate: number };

/**
 * A mesh encodes, uploads and decodes each video once per peer, so what each peer gets shrinks as peers are added, about as
 * its tile does: audio comes first. While the processor is short of time, rows further down apply. A tile that shows less
 * than its row gets less (`wantedHeight`). All rows set the same members: an omitted parameter would keep its previous value.
 *
 * | others | size | frames/s | bit/s for each | for all |
 * |---|---|---|---|---|
 * | 1 | 1280x720 | 30 | 1,700,000 | 1.7 Mb/s |
 * | 2 | 853x480 | 24 | 900,000 | 1.8 Mb/s |
 * | 3 | 640x360 | 20 | 600,000 | 1.8 Mb/s |
 * | 4, 5 | 640x360 | 15 | 450,000 | 2.3 Mb/s |
 * | 6 and more | 427x240 | 15 | 250,000 | 2.5 Mb/s with 10 |
 * | (processor) | 320x180 | 10 | 150,000 | |
 * | (processor) | 320x180 | 7 | 100,000 | |
 */
const cameraRows: Rows<CameraRow> = [
  { height: 720, frameRate: 30, maxBitrate: 1_700_000 },
  { height: 480, frameRate: 24, maxBitrate: 900_000 },
  { height: 360, frameRate: 20, maxBitrate: 600_000 },
  { height: 360, frameRate: 15, maxBitrate: 450_000 },
  { height: 240, frameRate: 15, maxBitrate: 250_000 },
  { height: 180, frameRate: 10, maxBitrate: 150_000 },
  { height: 180, frameRate: 7, maxBitrate: 100_000 },
];

/** Text must stay readable, so the frame rate drops before the resolution. */
const screenRows: Rows<Encoding> = [
  { maxBitrate: 2_500_000, maxFramerate: 30, ...maxSize(3840, 2160) },
  { maxBitrate: 1_700_000, maxFramerate: 15, ...maxSize(2560, 1440) },
  { maxBitrate: 1_200_000, maxFramerate: 12, ...maxSize(2560, 1440) },
  { maxBitrate: 900_000, maxFramerate: 8, ...maxSize(1920, 1080) },
  { maxBitrate: 600_000, maxFramerate: 5, ...maxSize(1920, 1080) },
];

/** The row for a number of remote participants, in both tables. */
const rowFor = [0, 0, 1, 2, 3, 3, 4];

/** The largest camera video that any peer is sent. */
export function cameraSize(conditions: Omit<SendConditions, 'wantedHeight'>): VideoSize {
  return row(cameraRows, conditions);
}

/** The send parameters of `source`. `track` is what is sent: its size decides by how much it is scaled. */
export function sendParameters(
  source: TrackSource,
  conditions: SendConditions,
  track: MediaStreamTrack | null = null,
): SendParameters {
  const active = conditions.wantedHeight > 0;
  switch (source) {
    case 'microphone':
      return { encoding: { priority: 'high', networkPriority: 'high' } };
    case 'screen-audio':
      return { encoding: {} };
    case 'screen':
      // Always sent whole: its text must stay readable.
      return {
        encoding: { ...row(screenRows, conditions), active },
        degradationPreference: 'maintain-resolution',
      };
    case 'camera': {
      const { maxBitrate, frameRate: maxFramerate, height } = row(cameraRows, conditions);
      const scaleResolutionDownBy = scaling(track, height, conditions.wantedHeight);
      return {
        encoding: { maxBitrate, maxFramerate, scaleResolutionDownBy, active },
        degradationPreference: 'balanced',
      };
    }
  }
}

/** Sends no more lines than the row allows, which counts the shorter side, and than the receiver shows. */
function scaling(track: MediaStreamTrack | null, rowHeight: number, wantedHeight: number): number {
  const { width = 1280, height = 720 } = track?.getSettings() ?? {};
  return Math.max(1, Math.min(width, height) / rowHeight, wantedHeight > 0 ? height / wantedHeight : 1);
}

function row<Row>(rows: Rows<Row>, { peers, reduction }: Omit<SendConditions, 'wantedHeight'>): Row {
  const index = (rowFor[peers] ?? 4) + reduction;
  return rows[Math.min(index, rows.length - 1)] ?? rows[0];
}

function maxSize(maxWidth: number, maxHeight: number) {
  return { scaleResolutionDownTo: { maxWidth, maxHeight } };
}
