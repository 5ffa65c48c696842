import type { TrackSource } from '../../../domain/call/call-state.js';
import type { CallSettings } from '../../../settings/setting-rows.js';
import { isEnforced, processingRows, type ProcessedSource } from './processing-rows.js';
import type { SessionPorts } from '../../session-ports.js';
import type { TrackProcessing } from './track-processing.js';

interface OutgoingTracksOptions {
  readonly load: SessionPorts['loadProcessing'];
  /** The captured local track of a source, if it is open. */
  readonly track: (source: TrackSource) => MediaStreamTrack | undefined;
  readonly send: (source: TrackSource, track: MediaStreamTrack | null) => void;
  /** The processing code failed to load. `withheld`: sources that were not sent, because they must not go out raw. */
  readonly onMissing: (error: unknown, withheld: readonly ProcessedSource[]) => void;
  readonly signal: AbortSignal;
}

const sources = ['camera', 'microphone'] as const;

/** Sends local tracks unprocessed until the settings require processing, then loads it and routes tracks through it. */
export class OutgoingTracks {
  readonly #options: OutgoingTracksOptions;
  #settings: CallSettings;
  #processing: Promise<TrackProcessing> | undefined;
  /** The tracks that were sent unprocessed. */
  readonly #sentRaw = new Map<TrackSource, MediaStreamTrack | null>();

  constructor(settings: CallSettings, options: OutgoingTracksOptions) {
    this.#options = options;
    this.#settings = settings;
    this.applySettings(settings);
  }

  applySettings(settings: CallSettings): void {
    this.#settings = settings;
    // A rejection is reported once, by `onMissing`.
    if (this.#processing)
      this.#processing.then(
        (processing) => processing.applySettings(settings),
        () => undefined,
      );
    else if (sources.some((source) => processingRows[source].configuration(settings))) this.#load();
  }

  setTrack(source: TrackSource, track: MediaStreamTrack | null): void {
    // A new track after a failed load triggers another attempt.
    if (track && !this.#processing && this.#isWanted(source)) return this.#load();
    if (!this.#processing) return this.#send(source, track);
    // If the load fails, the track is sent only where raw is allowed.
    this.#processing.then(
      (processing) => processing.setTrack(source, track),
      () => this.#isWithheld(source) || this.#send(source, track),
    );
  }

  #load(): void {
    const { load, track, send, signal } = this.#options;
    const sent = (source: TrackSource) => this.#sentRaw.get(source);
    const processing = load?.(this.#settings, { send, sent, signal });
    if (!processing) return;
    this.#processing = processing;
    if (isEnforced(this.#settings) && this.#isWithheld('camera')) this.#send('camera', null);
    for (const source of sources) {
      const openTrack = track(source);
      if (openTrack) this.setTrack(source, openTrack);
    }
    processing.then(
      // The settings may have changed during the load.
      (processing) => processing.applySettings(this.#settings),
      (error: unknown) => this.#miss(error),
    );
  }

  #miss(error: unknown): void {
    const { track, onMissing, signal } = this.#options;
    this.#processing = undefined;
    // Without an open track there is nothing to withhold; the next track triggers another attempt.
    if (signal.aborted || !sources.some((source) => this.#isWanted(source) && track(source))) return;
    const withheld = sources.filter((source) => this.#isWithheld(source) && track(source));
    for (const source of withheld) this.#send(source, null);
    onMissing(error, withheld);
  }

  #send(source: TrackSource, track: MediaStreamTrack | null): void {
    this.#sentRaw.set(source, track);
    this.#options.send(source, track);
  }

  #isWanted(source: TrackSource): boolean {
    return isProcessed(source) && processingRows[source].configuration(this.#settings) !== undefined;
  }

  #isWithheld(source: TrackSource): boolean {
    if (!isProcessed(source) || !processingRows[source].withholdsRaw || !this.#isWanted(source)) return false;
    // If the raw video was visible when the user chose a background, a failed load leaves it visible.
    const isVisible = this.#sentRaw.get(source) === this.#options.track(source);
    return isEnforced(this.#settings) || !isVisible;
  }
}

function isProcessed(source: TrackSource): source is ProcessedSource {
  return source === 'camera' || source === 'microphone';
}
