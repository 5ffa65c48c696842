import { log } from '../../base/logger.js';
import type { TrackSource } from '../../domain/call/call-state.js';
import type { ProcessingTrouble } from '../../domain/media/track-processor.js';
import type { CallSettings } from '../../settings/setting-rows.js';
import { processingRows, type ProcessedSource } from './processing-rows.js';

/** What stands between the own tracks and those who see and hear them. */
export interface TrackProcessing {
  /** Settings that may want another processor, or none. */
  applySettings(settings: CallSettings): void;
  /** A track was opened, replaced or (`null`) closed. */
  setTrack(source: TrackSource, track: MediaStreamTrack | null): void;
}

/**
 * What goes out when a processor was given up: nothing (`hidden`); the track as it is (`unprocessed`), where that was so before,
 * or where it may be so; or what the processor before gives, by the `kept` settings.
 */
export type DropOutcome = 'hidden' | 'unprocessed' | { readonly kept: CallSettings };

/** How long a processor may take to give its track (ms): it may have to download what it works with. */
const timeouts = 30_000;

/** A processor whose track goes out. */
interface Running {
  readonly lifetime: AbortController;
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
  const pipeline = (source: ProcessedSource): ProcessedTrack => new ProcessedTrack(source, settings, options);
  const pipelines: Readonly<Record<ProcessedSource, ProcessedTrack>> = {
    camera: pipeline('camera'),
    microphone: pipeline('microphone'),
  };
  return {
    applySettings(next) {
      pipelines.camera.applySettings(next);
      pipelines.microphone.applySettings(next);
    },
    setTrack(source, track) {
      if (source === 'camera' || source === 'microphone') pipelines[source].setTrack(track);
      else options.send(source, track);
    },
  };
}

/** The way of one source. */
class ProcessedTrack {
  readonly #source: ProcessedSource;
  readonly #options: ProcessingOptions;
  #settings: CallSettings;
  #rawTrack: MediaStreamTrack | null = null;
  /** What goes out now; `undefined` before anything was. */
  #sentTrack: MediaStreamTrack | null | undefined;
  /** What the settings want; other values are another processor. */
  #configuration: readonly unknown[] | undefined;
  #running: Running | undefined;
  /** Must not go out as it is: what was promised of it failed. The user has to open another one. */
  #hidden: MediaStreamTrack | undefined;
  /** Ends the one that is being prepared to take its place. */
  #starting: AbortController | undefined;

  constructor(source: ProcessedSource, settings: CallSettings, options: ProcessingOptions) {
    this.#source = source;
    this.#settings = settings;
    this.#options = options;
    this.#configuration = this.#row.configuration(settings);
    this.#sentTrack = options.sent(source);
    options.signal.addEventListener('abort', () => this.#end(), { once: true });
  }

  applySettings(settings: CallSettings): void {
    this.#settings = settings;
    const configuration = this.#row.configuration(settings);
    if (sameItems(configuration, this.#configuration)) return;
    this.#configuration = configuration;
    if (this.#rawTrack) void this.#process(this.#rawTrack);
  }

  setTrack(track: MediaStreamTrack | null): void {
    if (this.#options.signal.aborted) return;
    this.#rawTrack = track;
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
    this.#starting?.abort();
    this.#starting = undefined;
    if (!this.#configuration) return this.#sendRaw(track);
    if (!this.#row.withholdsRaw) this.#sendRaw(track);
    else if (this.#sentTrack === track && this.#options.isEnforced(this.#settings)) this.#send(null);
    const lifetime = (this.#starting = new AbortController());
    const { signal } = lifetime;
    const settings = this.#settings;
    const limit = setTimeout(() => this.#giveUp(track, lifetime, 'failed'), timeouts);
    signal.addEventListener('abort', () => clearTimeout(limit), { once: true });
    try {
      const processor = await this.#row.load(settings);
      signal.throwIfAborted();
      const onTrouble = (trouble: ProcessingTrouble): void => this.#giveUp(track, lifetime, trouble);
      const processed = await processor.process(track, { signal, onTrouble });
      // Given up before it was there, or no longer wanted: nobody else would stop it.
      if (signal.aborted) return processed.stop();
      // By what it is: pages write processors without a compiler, too.
      if ((processed as MediaStreamTrack | undefined)?.readyState !== 'live')
        throw new TypeError('A processor gives a track that is live.');
      const before = this.#running;
      this.#running = { lifetime, raw: track, settings };
      this.#starting = undefined;
      // Dead without a word; unless its camera is gone, for which another one comes.
      const onEnded = (): void => {
        if (track.readyState === 'live') this.#giveUp(track, lifetime, 'failed');
      };
      processed.addEventListener('ended', onEnded, { signal });
      clearTimeout(limit);
      this.#send(processed);
      before?.lifetime.abort();
    } catch (error) {
      if (signal.aborted) return;
      log('processing').warn(`The ${this.#source} cannot be processed.`, error);
      this.#giveUp(track, lifetime, 'failed');
    }
  }

  #giveUp(track: MediaStreamTrack, lifetime: AbortController, trouble: ProcessingTrouble): void {
    if (lifetime.signal.aborted) return;
    const outcome = this.#outcome(track, lifetime);
    if (outcome === 'unprocessed') this.#sendRaw(track);
    if (outcome === 'hidden') this.#hide(track);
    if (typeof outcome === 'object')
      this.#configuration = this.#row.configuration((this.#settings = outcome.kept));
    if (this.#starting === lifetime) this.#starting = undefined;
    lifetime.abort();
    this.#options.onDropped(this.#source, trouble, outcome);
  }

  /** A choice that fails changes nothing; what was promised to be unseen stays unseen. */
  #outcome(track: MediaStreamTrack, lifetime: AbortController): DropOutcome {
    const running = this.#running;
    if (running && running.lifetime !== lifetime && running.raw === track) return { kept: running.settings };
    if (!this.#row.withholdsRaw) return 'unprocessed';
    return this.#sentTrack === track ? 'unprocessed' : 'hidden';
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
    this.#running?.lifetime.abort();
    this.#running = undefined;
  }

  #send(track: MediaStreamTrack | null): void {
    if (this.#sentTrack === track) return;
    this.#sentTrack = track;
    this.#options.send(this.#source, track);
  }

  #end(): void {
    this.#starting?.abort();
    this.#starting = undefined;
    this.#stopRunning();
  }
}

function sameItems(first: readonly unknown[] | undefined, second: readonly unknown[] | undefined): boolean {
  return (
    first === second ||
    (first?.length === second?.length && (first ?? []).every((each, at) => each === second?.[at]))
  );
}
