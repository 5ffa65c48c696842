/** Why processing stopped: the machine is too slow, or the processor could not be loaded or failed. */
export type ProcessingFailure = 'too-slow' | 'failed';

/** What a track processor gets with a track. */
export interface ProcessOptions {
  /**
   * Aborted when the processed track is no longer needed. The processor then stops the track and releases its
   * resources.
   */
  readonly signal: AbortSignal;
  /**
   * Reports a failure after the promise was fulfilled: the camera is then turned off, or the unprocessed microphone
   * is sent.
   */
  readonly onFailure: (failure: ProcessingFailure) => void;
}

/** A `MediaStreamTrack`; the server, which shares these files, has no such type. */
type Track = typeof globalThis extends { MediaStreamTrack: { prototype: infer Defined } } ? Defined : never;

/** Processes a camera or microphone track. */
export interface TrackProcessor {
  /**
   * Resolves with the track to send; rejects if processing is not possible. The caller remains responsible for
   * stopping `track`.
   */
  process(track: Track, options: ProcessOptions): Promise<Track>;
}

/** The page's processors, which replace the built-in ones. */
export interface TrackProcessors {
  /** Processes the video of the camera. */
  readonly camera?: TrackProcessor;
  /** Processes the audio of the microphone. */
  readonly microphone?: TrackProcessor;
}
