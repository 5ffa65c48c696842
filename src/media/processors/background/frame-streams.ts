import type { Segmentation } from './segmentation.js';

// Chromium only; missing in TypeScript's DOM library.
interface BreakoutBox {
  readonly MediaStreamTrackProcessor: new (options: { readonly track: MediaStreamTrack }) => {
    readonly readable: ReadableStream<VideoFrame>;
  };
  readonly MediaStreamTrackGenerator: new (options: { readonly kind: 'video' }) => MediaStreamTrack & {
    readonly writable: WritableStream<VideoFrame>;
  };
}

/** Whether the browser provides the frames of a track as a stream. */
export function hasFrameStreams(): boolean {
  return 'MediaStreamTrackProcessor' in globalThis && 'MediaStreamTrackGenerator' in globalThis;
}

/** Produces the processed track with streams, off the main thread and unthrottled in hidden tabs. */
export function pumpFrames(track: MediaStreamTrack, segmentation: Segmentation): MediaStreamTrack {
  const { MediaStreamTrackProcessor, MediaStreamTrackGenerator } = globalThis as unknown as BreakoutBox;
  const { readable } = new MediaStreamTrackProcessor({ track });
  const processed = new MediaStreamTrackGenerator({ kind: 'video' });
  const { writable } = processed;
  segmentation.post({ type: 'pump', readable, writable }, [readable, writable]);
  return processed;
}
