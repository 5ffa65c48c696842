import type { TrackSource } from '../domain/call-state.js';
import type { CallSettings } from '../settings/setting-rows.js';
import type { SessionPorts } from './session-ports.js';
import type { TrackProcessing } from './track-processing.js';

interface TracksWayOptions {
  readonly load: SessionPorts['loadProcessing'];
  /** The own track of a source, while there is one. */
  readonly track: (source: TrackSource) => MediaStreamTrack | undefined;
  readonly send: (source: TrackSource, track: MediaStreamTrack | null) => void;
  readonly signal: AbortSignal;
}

/** The way of own tracks to those who see them: straight, until the settings first want one processed. */
export class TracksWay {
  readonly #options: TracksWayOptions;
  #processing: Promise<TrackProcessing> | undefined;

  constructor(settings: CallSettings, options: TracksWayOptions) {
    this.#options = options;
    this.want(settings);
  }

  want(settings: CallSettings): void {
    if (this.#processing) return void this.#processing.then((to) => to.want(settings), ignored);
    const { backgroundBlur, backgroundImage, noiseSuppression, trackProcessors } = settings;
    if (!(backgroundBlur || backgroundImage || noiseSuppression || trackProcessors)) return;
    const { load, track, send, signal } = this.#options;
    this.#processing = load?.(settings, { send, signal });
    for (const source of ['camera', 'microphone'] as const) {
      const open = track(source);
      if (open) this.feed(source, open);
    }
  }

  feed(source: TrackSource, track: MediaStreamTrack | null): void {
    const send = (): void => this.#options.send(source, track);
    if (this.#processing) this.#processing.then((to) => to.feed(source, track), send);
    else send();
  }
}

const ignored = (): void => undefined;
