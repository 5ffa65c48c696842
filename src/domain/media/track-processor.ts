/** Why a track is no longer processed: the machine cannot keep up, or it could not be loaded or broke. */
export type ProcessingTrouble = 'too-slow' | 'failed';

export interface ProcessOptions {
  /** Aborted: the processed track is no longer wanted. It is stopped then, and everything behind it is let go of. */
  readonly signal: AbortSignal;
  /** Gives up after the promise was fulfilled: a camera is then turned off, a microphone heard as it is. */
  readonly onTrouble: (trouble: ProcessingTrouble) => void;
}

/** A `MediaStreamTrack`. The server, which shares these files, has no such thing. */
type Track = typeof globalThis extends { MediaStreamTrack: { prototype: infer Defined } } ? Defined : never;

/** Makes another track of a camera's or microphone's. */
export interface TrackProcessor {
  /** Resolves with the track to be sent; rejects where there can be none. `track` stays its owner's to stop. */
  process(track: Track, options: ProcessOptions): Promise<Track>;
}

/** Processors of the page itself, in place of the built-in ones. */
export interface TrackProcessors {
  readonly camera?: TrackProcessor;
  readonly microphone?: TrackProcessor;
}
