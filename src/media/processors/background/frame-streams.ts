import type { Segmentation } from './segmentation.js';

// Chromium, and not in TypeScript's library.
interface BreakoutBox {
  readonly MediaStreamTrackProcessor: new (options: { readonly track: MediaStreamTrack }) => {
    readonly readable: ReadableStream<VideoFrame>;
  };
  readonly MediaStreamTrackGenerator: new (options: { readonly kind: 'video' }) => MediaStreamTrack & {
    readonly writable: WritableStream<VideoFrame>;
  };
}

/** Whether the browser gives a page the frames of a track as a stream. */
export function hasFrameStreams(): boolean {
  return 'MediaStreamTrackProcessor' in globalThis && 'MediaStreamTrackGenerator' in globalThis;
}

/** The worker's track by streams: nothing of it runs on the page's thread, nor stops in a hidden tab. */
export function pumpFrames(track: MediaStreamTrack, segmentation: Segmentation): MediaStreamTrack {
  const { MediaStreamTrackProcessor, MediaStreamTrackGenerator } = globalThis as unknown as BreakoutBox;
  const { readable } = new MediaStreamTrackProcessor({ track });
  const processed = new MediaStreamTrackGenerator({ kind: 'video' });
  const { writable } = processed;
  segmentation.post({ type: 'pump', readable, writable }, [readable, writable]);
  return processed;
}
