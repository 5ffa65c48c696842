import { log } from '../../../base/logger.js';
import type { TrackSource } from '../../../domain/call/call-state.js';
import type { ProcessingFailure } from '../../../domain/media/track-processor.js';
import type { CallSettings } from '../../../settings/setting-rows.js';
import { processingRows, type ProcessedSource } from './processing-rows.js';

/** Processes local tracks before they are sent. */
export interface TrackProcessing {
  /** Applies settings, which may replace or remove a processor. */
  applySettings(settings: CallSettings): void;
  /** A track was opened, replaced or (`null`) closed. */
  setTrack(source: TrackSource, track: MediaStreamTrack | null): void;
}

/**
 * What is sent after a processor failed: nothing (`hidden`); the raw track (`unprocessed`), if it was already visible or raw
 * is allowed; or the output of the previous processor, which runs on with the `kept` settings.
 */
export type DropOutcome = 'hidden' | 'unprocessed' | { readonly kept: CallSettings };

/** ms a processor may take to return its track, downloads included. */
const processingTimeoutMs = 30_000;

/** A processor whose track is being sent. */
interface Running {
  readonly lifetime: AbortController;
  readonly raw: MediaStreamTrack;
  readonly settings: CallSettings;
}

export interface ProcessingOptions {
  /** Shows a track in the self view and sends it to all participants. */
  readonly send: (source: TrackSource, track: MediaStreamTrack | null) => void;
  /** The track of a source that is already being sent. */
  readonly sent: (source: TrackSource) => MediaStreamTrack | null | undefined;
  /** A processor failed or was too slow. It is not retried until the settings or the track change. */
  /** `cause`: why it did not start. */
  readonly onDropped: (
    source: ProcessedSource,
    failure: ProcessingFailure,
    outcome: DropOutcome,
    cause?: unknown,
  ) => void;
  /** Whether raw video must never be sent. */
  readonly isEnforced: (settings: CallSettings) => boolean;
  readonly signal: AbortSignal;
}

/** Processes camera and microphone as configured. The previous track is sent until the new one is ready. */
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

/** The processing of one source. */
class ProcessedTrack {
  readonly #source: ProcessedSource;
  readonly #options: ProcessingOptions;
  #settings: CallSettings;
  #rawTrack: MediaStreamTrack | null = null;
  /** The track being sent; `undefined` before the first one. */
  #sentTrack: MediaStreamTrack | null | undefined;
  /** The settings that define the processor; a change replaces it. */
  #configuration: readonly unknown[] | undefined;
  #running: Running | undefined;
  /** A track that must not be sent raw, because its processing failed. The user has to reopen the source. */
  #hidden: MediaStreamTrack | undefined;
  /** Aborts the processor that is starting. */
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
    const limit = setTimeout(() => this.#giveUp(track, lifetime, 'failed'), processingTimeoutMs);
    signal.addEventListener('abort', () => clearTimeout(limit), { once: true });
    try {
      const processor = await this.#row.load(settings);
      signal.throwIfAborted();
      const onFailure = (failure: ProcessingFailure): void => this.#giveUp(track, lifetime, failure);
      const processed = await processor.process(track, { signal, onFailure });
      // The start was aborted meanwhile, so nothing else would stop this track.
      if (signal.aborted) return processed.stop();
      // Checked at run time: applications provide processors, possibly without TypeScript.
      if ((processed as MediaStreamTrack | undefined)?.readyState !== 'live')
        throw new TypeError('A processor gives a track that is live.');
      const before = this.#running;
      this.#running = { lifetime, raw: track, settings };
      this.#starting = undefined;
      // The processor failed without reporting it. If the source ended too, a new track follows.
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
      this.#giveUp(track, lifetime, 'failed', error);
    }
  }

  #giveUp(
    track: MediaStreamTrack,
    lifetime: AbortController,
    failure: ProcessingFailure,
    cause?: unknown,
  ): void {
    if (lifetime.signal.aborted) return;
    const outcome = this.#outcome(track, lifetime);
    if (outcome === 'unprocessed') this.#sendRaw(track);
    if (outcome === 'hidden') this.#hide(track);
    if (typeof outcome === 'object')
      this.#configuration = this.#row.configuration((this.#settings = outcome.kept));
    if (this.#starting === lifetime) this.#starting = undefined;
    lifetime.abort();
    this.#options.onDropped(this.#source, failure, outcome, cause);
  }

  /** Falls back to the running processor, if any; raw video that was hidden stays hidden. */
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
