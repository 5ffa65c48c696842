import type { TrackSource } from '../../domain/call/call-state.js';
import type { CallSettings } from '../../settings/setting-rows.js';
import { isEnforced, processingRows, type ProcessedSource } from './processing-rows.js';
import type { SessionPorts } from '../session-ports.js';
import type { TrackProcessing } from './track-processing.js';

interface OutgoingTracksOptions {
  readonly load: SessionPorts['loadProcessing'];
  /** The own track of a source, while there is one. */
  readonly track: (source: TrackSource) => MediaStreamTrack | undefined;
  readonly send: (source: TrackSource, track: MediaStreamTrack | null) => void;
  /** The code that processes did not load. `withheld`: sources that must not be sent without it, and are not. */
  readonly onMissing: (error: unknown, withheld: readonly ProcessedSource[]) => void;
  readonly signal: AbortSignal;
}

const sources = ['camera', 'microphone'] as const;

/** The way of own tracks to those who see them: straight, until the settings first want one processed. */
export class OutgoingTracks {
  readonly #options: OutgoingTracksOptions;
  #settings: CallSettings;
  #processing: Promise<TrackProcessing> | undefined;
  /** Tracks that go out as they are. */
  readonly #straight = new Map<TrackSource, MediaStreamTrack | null>();

  constructor(settings: CallSettings, options: OutgoingTracksOptions) {
    this.#options = options;
    this.#settings = settings;
    this.applySettings(settings);
  }

  applySettings(settings: CallSettings): void {
    this.#settings = settings;
    if (this.#processing) this.#processing.then((processing) => processing.applySettings(settings), told);
    else if (sources.some((source) => processingRows[source].configuration(settings))) this.#load();
  }

  setTrack(source: TrackSource, track: MediaStreamTrack | null): void {
    // A track that is opened after a failure is another occasion to try.
    if (track && !this.#processing && this.#isWanted(source)) return this.#load();
    if (!this.#processing) return this.#send(source, track);
    // What does not load withholds the track itself, unless it may go out as it is.
    this.#processing.then(
      (processing) => processing.setTrack(source, track),
      () => this.#isWithheld(source) || this.#send(source, track),
    );
  }

  #load(): void {
    const { load, track, send, signal } = this.#options;
    const sent = (source: TrackSource) => this.#straight.get(source);
    const processing = load?.(this.#settings, { send, sent, signal });
    if (!processing) return;
    this.#processing = processing;
    if (isEnforced(this.#settings) && this.#isWithheld('camera')) this.#send('camera', null);
    for (const source of sources) {
      const openTrack = track(source);
      if (openTrack) this.setTrack(source, openTrack);
    }
    processing.then(
      // They may have changed while it was loading.
      (processing) => processing.applySettings(this.#settings),
      (error: unknown) => this.#miss(error),
    );
  }

  #miss(error: unknown): void {
    const { track, onMissing, signal } = this.#options;
    this.#processing = undefined;
    // Where nothing is open yet, what is opened is another try.
    if (signal.aborted || !sources.some((source) => this.#isWanted(source) && track(source))) return;
    const withheld = sources.filter((source) => this.#isWithheld(source) && track(source));
    for (const source of withheld) this.#send(source, null);
    onMissing(error, withheld);
  }

  #send(source: TrackSource, track: MediaStreamTrack | null): void {
    this.#straight.set(source, track);
    this.#options.send(source, track);
  }

  #isWanted(source: TrackSource): boolean {
    return isProcessed(source) && processingRows[source].configuration(this.#settings) !== undefined;
  }

  #isWithheld(source: TrackSource): boolean {
    if (!isProcessed(source) || !processingRows[source].withholdsRaw || !this.#isWanted(source)) return false;
    // A background that was chosen while all were looking, and cannot be had, changes nothing.
    const isSeen = this.#straight.get(source) === this.#options.track(source);
    return isEnforced(this.#settings) || !isSeen;
  }
}

function isProcessed(source: TrackSource): source is ProcessedSource {
  return source === 'camera' || source === 'microphone';
}

/** By `onMissing`. */
const told = (): void => undefined;
