import { log } from '../base/logger.js';
import type { TrackSource } from '../domain/call-state.js';
import type { ProcessingTrouble } from '../domain/track-processor.js';
import type { CallSettings } from '../settings/setting-rows.js';
import { processingRows, type ProcessedSource } from './processing-rows.js';

/** What stands between the own tracks and those who see and hear them. */
export interface TrackProcessing {
  /** Settings that may want another processor, or none. */
  want(settings: CallSettings): void;
  /** A track was opened, replaced or (`null`) closed. */
  feed(source: TrackSource, track: MediaStreamTrack | null): void;
}

export interface ProcessingOptions {
  /** Shows a track to its user and sends it to the others. */
  readonly send: (source: TrackSource, track: MediaStreamTrack | null) => void;
  /** A processor was given up. It is not tried again until the settings or the track change. */
  readonly onDropped: (source: ProcessedSource, trouble: ProcessingTrouble) => void;
  /** Whether the unprocessed picture must never be seen. */
  readonly isEnforced: (settings: CallSettings) => boolean;
  readonly signal: AbortSignal;
}

/** Processes camera and microphone as the settings say; the old track goes out until the new one is there. */
export function createTrackProcessing(settings: CallSettings, options: ProcessingOptions): TrackProcessing {
  const line = (source: ProcessedSource): ProcessedLine => new ProcessedLine(source, settings, options);
  const lines: Readonly<Record<ProcessedSource, ProcessedLine>> = {
    camera: line('camera'),
    microphone: line('microphone'),
  };
  return {
    want(next) {
      lines.camera.want(next);
      lines.microphone.want(next);
    },
    feed(source, track) {
      if (source === 'camera' || source === 'microphone') lines[source].feed(track);
      else options.send(source, track);
    },
  };
}

/** The way of one source. */
class ProcessedLine {
  readonly #source: ProcessedSource;
  readonly #options: ProcessingOptions;
  #settings: CallSettings;
  #raw: MediaStreamTrack | null = null;
  /** What goes out now; `undefined` while that was not decided here. */
  #sent: MediaStreamTrack | null | undefined;
  /** What the settings want; other values are another processor. */
  #wanted: readonly unknown[] | undefined;
  /** Ends the processor whose track goes out now. */
  #running: AbortController | undefined;
  /** Ends the one that is being prepared to take its place. */
  #coming: AbortController | undefined;

  constructor(source: ProcessedSource, settings: CallSettings, options: ProcessingOptions) {
    this.#source = source;
    this.#settings = settings;
    this.#options = options;
    this.#wanted = this.#row.wanted(settings);
    options.signal.addEventListener('abort', () => this.#end(), { once: true });
  }

  want(settings: CallSettings): void {
    this.#settings = settings;
    const wanted = this.#row.wanted(settings);
    if (isSame(wanted, this.#wanted)) return;
    this.#wanted = wanted;
    if (this.#raw) void this.#process(this.#raw);
  }

  feed(track: MediaStreamTrack | null): void {
    if (this.#options.signal.aborted) return;
    this.#raw = track;
    if (track) void this.#process(track);
    else {
      this.#end();
      this.#send(null);
    }
  }

  get #row() {
    return processingRows[this.#source];
  }

  async #process(track: MediaStreamTrack): Promise<void> {
    this.#coming?.abort();
    this.#coming = undefined;
    if (!this.#wanted) return this.#sendRaw(track);
    if (!this.#row.holdsBack) this.#sendRaw(track);
    const life = (this.#coming = new AbortController());
    const { signal } = life;
    try {
      const processor = await this.#row.load(this.#settings);
      signal.throwIfAborted();
      const onTrouble = (trouble: ProcessingTrouble): void => this.#drop(track, life, trouble);
      const processed = await processor.process(track, { signal, onTrouble });
      // Given up before it was there, or no longer wanted: nobody else would stop it.
      if (signal.aborted) return processed.stop();
      const before = this.#running;
      this.#running = life;
      this.#coming = undefined;
      this.#send(processed);
      before?.abort();
    } catch (error) {
      if (signal.aborted) return;
      log('processing').warn(`The ${this.#source} cannot be processed.`, error);
      this.#drop(track, life, 'failed');
    }
  }

  #drop(track: MediaStreamTrack, life: AbortController, trouble: ProcessingTrouble): void {
    if (life.signal.aborted) return;
    if (!this.#options.isEnforced(this.#settings)) this.#sendRaw(track);
    life.abort();
    this.#options.onDropped(this.#source, trouble);
  }

  #sendRaw(track: MediaStreamTrack): void {
    this.#send(track);
    this.#running?.abort();
    this.#running = undefined;
  }

  #send(track: MediaStreamTrack | null): void {
    if (this.#sent === track) return;
    this.#sent = track;
    this.#options.send(this.#source, track);
  }

  #end(): void {
    this.#coming?.abort();
    this.#running?.abort();
    this.#coming = this.#running = undefined;
  }
}

function isSame(one: readonly unknown[] | undefined, other: readonly unknown[] | undefined): boolean {
  return (
    one === other || (one?.length === other?.length && (one ?? []).every((each, at) => each === other?.[at]))
  );
}
