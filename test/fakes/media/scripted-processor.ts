import type {
  ProcessingFailure,
  ProcessOptions,
  TrackProcessor,
} from '../../../src/domain/media/track-processor.js';
import { FakeTrack } from './node-media.js';

/** A processor that takes as long, and goes as wrong, as a test wants. */
export class ScriptedProcessor implements TrackProcessor {
  #last:
    | {
        readonly options: ProcessOptions;
        readonly resolve: (track: MediaStreamTrack) => void;
        readonly reject: (error: Error) => void;
      }
    | undefined;

  process(_track: MediaStreamTrack, options: ProcessOptions): Promise<MediaStreamTrack> {
    return new Promise((resolve, reject) => {
      this.#last = { options, resolve, reject };
    });
  }

  get isRequested(): boolean {
    return this.#last !== undefined;
  }

  /** The track that was asked for last is ready. */
  resolveWith(): FakeTrack {
    const track = new FakeTrack('video');
    this.#requests.options.signal.addEventListener('abort', () => track.stop());
    this.#requests.resolve(track as unknown as MediaStreamTrack);
    return track;
  }

  reject(): void {
    this.#requests.reject(new Error('There is nothing to load.'));
  }

  /** It ran, and cannot any longer. */
  fail(fail: ProcessingFailure): void {
    this.#requests.options.onFailure(fail);
  }

  get #requests() {
    if (!this.#last) throw new Error('Nothing was asked for.');
    return this.#last;
  }
}
