/** What replaces the surroundings of a person. */
export type Background =
  { readonly kind: 'blur'; readonly level: number } | { readonly kind: 'image'; readonly image: ImageBitmap };

/** What the segmentation worker is told. */
export type WorkerRequest =
  | { readonly type: 'load'; readonly assets: string; readonly background: Background }
  /** Frames come and go by themselves. */
  | {
      readonly type: 'pump';
      readonly readable: ReadableStream<VideoFrame>;
      readonly writable: WritableStream<VideoFrame>;
    }
  /** Asks for frames at this period in ms: the timers of a worker are not throttled in a hidden tab. */
  | { readonly type: 'tick'; readonly period: number }
  | { readonly type: 'frame'; readonly frame: ImageBitmap };

/** What it answers. */
export type WorkerResponse =
  | { readonly type: 'ready' }
  | { readonly type: 'failed'; readonly reason: string }
  | { readonly type: 'tick' }
  /** A frame is done; `durationMs` ms. */
  | { readonly type: 'drawn'; readonly durationMs: number; readonly frame?: ImageBitmap };
