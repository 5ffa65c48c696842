import { log } from '../../../base/logger.js';
import { paintTile } from './paint-tile.js';
import type { RecordingTile } from './recording-tile.js';

/** Draws the call on a canvas, frame by frame. */
export interface ScenePainter {
  paint(tiles: readonly RecordingTile[]): void;
}

const stageColour = '#0f1115';

/** Creates a painter for `canvas`; aborting `signal` releases the streams. */
export function createScenePainter(canvas: HTMLCanvasElement, signal: AbortSignal): ScenePainter {
  const context = canvas.getContext('2d', { alpha: false });
  const videos = new Map<MediaStream, HTMLVideoElement>();
  signal.addEventListener('abort', () => retain(videos, new Set()), { once: true });
  return {
    paint(tiles) {
      if (!context || signal.aborted) return;
      retain(videos, new Set(tiles.map(({ stream }) => stream)));
      context.fillStyle = stageColour;
      context.fillRect(0, 0, canvas.width, canvas.height);
      for (const tile of tiles) paintTile(context, tile, videoFor(videos, tile.stream));
    },
  };
}

/** Stops decoding the streams that are not in `wanted`. */
function retain(videos: Map<MediaStream, HTMLVideoElement>, wanted: ReadonlySet<MediaStream | null>): void {
  for (const [stream, video] of videos) {
    if (wanted.has(stream)) continue;
    video.srcObject = null;
    videos.delete(stream);
  }
}

function videoFor(
  videos: Map<MediaStream, HTMLVideoElement>,
  stream: MediaStream | null,
): HTMLVideoElement | undefined {
  if (!stream) return undefined;
  const known = videos.get(stream);
  if (known) return known;
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  video.play().catch((error: unknown) => log('recorder').debug('A video does not play.', error));
  videos.set(stream, video);
  return video;
}
