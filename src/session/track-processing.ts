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

/**
 * What goes out when a processor was given up: nothing (`hidden`); the track as it is (`unprocessed`), where that was so before,
 * or where it may be so; or what the processor before gives, by the `kept` settings.
 */
export type DropOutcome = 'hidden' | 'unprocessed' | { readonly kept: CallSettings };

/** How long a processor may take to give its track (ms): it may have to download what it works with. */
const patience = 30_000;

/** A processor whose track goes out. */
interface Running {
  readonly life: AbortController;
  readonly raw: MediaStreamTrack;
  readonly settings: CallSettings;
}

export interface ProcessingOptions {
  /** Shows a track to its user and sends it to the others. */
  readonly send: (source: TrackSource, track: MediaStreamTrack | null) => void;
  /** What of a source goes out already. */
  readonly sent: (source: TrackSource) => MediaStreamTrack | null | undefined;
  /** A processor was given up. It is not tried again until the settings or the track change. */
  readonly onDropped: (source: ProcessedSource, trouble: ProcessingTrouble, outcome: DropOutcome) => void;
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
  /** What goes out now; `undefined` before anything was. */
  #sent: MediaStreamTrack | null | undefined;
  /** What the settings want; other values are another processor. */
  #wanted: readonly unknown[] | undefined;
  #running: Running | undefined;
  /** Must not go out as it is: what was promised of it failed. The user has to open another one. */
  #hidden: MediaStreamTrack | undefined;
  /** Ends the one that is being prepared to take its place. */
  #coming: AbortController | undefined;

  constructor(source: ProcessedSource, settings: CallSettings, options: ProcessingOptions) {
    this.#source = source;
    this.#settings = settings;
    this.#options = options;
    this.#wanted = this.#row.wanted(settings);
    this.#sent = options.sent(source);
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
    else if (this.#sent === track && this.#options.isEnforced(this.#settings)) this.#send(null);
    const life = (this.#coming = new AbortController());
    const { signal } = life;
    const settings = this.#settings;
    const limit = setTimeout(() => this.#drop(track, life, 'failed'), patience);
    signal.addEventListener('abort', () => clearTimeout(limit), { once: true });
    try {
      const processor = await this.#row.load(settings);
      signal.throwIfAborted();
      const onTrouble = (trouble: ProcessingTrouble): void => this.#drop(track, life, trouble);
      const processed = await processor.process(track, { signal, onTrouble });
      // Given up before it was there, or no longer wanted: nobody else would stop it.
      if (signal.aborted) return processed.stop();
      // By what it is: pages write processors without a compiler, too.
      if ((processed as MediaStreamTrack | undefined)?.readyState !== 'live')
        throw new TypeError('A processor gives a track that is live.');
      const before = this.#running;
      this.#running = { life, raw: track, settings };
      this.#coming = undefined;
      // Dead without a word; unless its camera is gone, for which another one comes.
      const onEnded = (): void => {
        if (track.readyState === 'live') this.#drop(track, life, 'failed');
      };
      processed.addEventListener('ended', onEnded, { signal });
      clearTimeout(limit);
      this.#send(processed);
      before?.life.abort();
    } catch (error) {
      if (signal.aborted) return;
      log('processing').warn(`The ${this.#source} cannot be processed.`, error);
      this.#drop(track, life, 'failed');
    }
  }

  #drop(track: MediaStreamTrack, life: AbortController, trouble: ProcessingTrouble): void {
    if (life.signal.aborted) return;
    const outcome = this.#outcome(track, life);
    if (outcome === 'unprocessed') this.#sendRaw(track);
    if (outcome === 'hidden') this.#hide(track);
    if (typeof outcome === 'object') this.#wanted = this.#row.wanted((this.#settings = outcome.kept));
    if (this.#coming === life) this.#coming = undefined;
    life.abort();
    this.#options.onDropped(this.#source, trouble, outcome);
  }

  /** A choice that fails changes nothing; what was promised to be unseen stays unseen. */
  #outcome(track: MediaStreamTrack, life: AbortController): DropOutcome {
    const running = this.#running;
    if (running && running.life !== life && running.raw === track) return { kept: running.settings };
    if (!this.#row.holdsBack) return 'unprocessed';
    return this.#sent === track ? 'unprocessed' : 'hidden';
  }

  #hide(track: MediaStreamTrack): void {
    this.#hidden = track;
    this.#send(null);
    this.#stopRunning();
  }

  #sendRaw(track: MediaStreamTrack): void {
    if (track === this.#hidden) return;
    this.#send(track);
    this.#stopRunning();
  }

  #stopRunning(): void {
    this.#running?.life.abort();
    this.#running = undefined;
  }

  #send(track: MediaStreamTrack | null): void {
    if (this.#sent === track) return;
    this.#sent = track;
    this.#options.send(this.#source, track);
  }

  #end(): void {
    this.#coming?.abort();
    this.#coming = undefined;
    this.#stopRunning();
  }
}

function isSame(one: readonly unknown[] | undefined, other: readonly unknown[] | undefined): boolean {
  return (
    one === other || (one?.length === other?.length && (one ?? []).every((each, at) => each === other?.[at]))
  );
}
