import { startFrameClock } from './frame-clock.js';
import type { RecordingTile } from './recording-tile.js';
import { createScenePainter } from './scene-painter.js';

interface CanvasTrackOptions {
  readonly scene: () => readonly RecordingTile[];
  readonly size: { readonly width: number; readonly height: number };
  readonly frameRate: number;
  /** Aborting ends the track. */
  readonly signal: AbortSignal;
}

/** Creates a video track of the whole call, drawn frame by frame. */
export function createCanvasTrack({ scene, size, frameRate, signal }: CanvasTrackOptions): MediaStreamTrack {
  const canvas = Object.assign(document.createElement('canvas'), size);
  const painter = createScenePainter(canvas, signal);
  const paint = (): void => painter.paint(scene());
  paint();
  const [track] = canvas.captureStream(frameRate).getVideoTracks();
  if (!track) throw new DOMException('The canvas has no track.', 'InvalidStateError');
  signal.addEventListener('abort', () => track.stop(), { once: true });
  startFrameClock(frameRate, paint, signal);
  return track;
}
