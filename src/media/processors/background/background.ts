import type { ProcessorAssets } from '../processor-assets.js';

/** What replaces the background. */
export type Background =
  { readonly kind: 'blur'; readonly level: number } | { readonly kind: 'image'; readonly image: ImageBitmap };

/** URLs of the files that the segmentation worker loads. */
export type SegmentationFiles = Pick<ProcessorAssets, 'inference' | 'model'>;

/** Messages to the segmentation worker. */
export type WorkerRequest =
  | { readonly type: 'load'; readonly files: SegmentationFiles; readonly background: Background }
  /** Processes frames from stream to stream. */
  | {
      readonly type: 'pump';
      readonly readable: ReadableStream<VideoFrame>;
      readonly writable: WritableStream<VideoFrame>;
    }
  /** Starts ticks with this period (ms): browsers do not throttle worker timers in hidden tabs. */
  | { readonly type: 'tick'; readonly period: number }
  | { readonly type: 'frame'; readonly frame: ImageBitmap };

/** Messages from the segmentation worker. */
export type WorkerResponse =
  | { readonly type: 'ready' }
  | { readonly type: 'failed'; readonly reason: string }
  | { readonly type: 'tick' }
  /** A frame was drawn in `durationMs`. */
  | { readonly type: 'drawn'; readonly durationMs: number; readonly frame?: ImageBitmap };
