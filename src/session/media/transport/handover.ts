import type { TrackSource } from '../../../domain/call/call-state.js';
import type { ParticipantId } from '../../../domain/call/participant.js';
import { trackKey, type OpenTransport } from './open-transport.js';
import type { ParticipantStreams } from '../participant-streams.js';

export interface HandoverOptions {
  readonly before: OpenTransport;
  readonly next: OpenTransport;
  readonly streams: ParticipantStreams;
  /** The sources that a participant sends now, so that media is expected from each. */
  readonly expected: (id: ParticipantId) => readonly TrackSource[];
  /** Resolves when the track delivers media; never rejects. */
  readonly firstMedia: (track: MediaStreamTrack, options: { readonly signal: AbortSignal }) => Promise<void>;
  /** All media arrives through the next transport, or has not within `readyMs`. Called once. */
  readonly onReady: () => void;
  /** The other participants have had enough time; the previous transport is no longer needed. Called once. */
  readonly onOverdue: () => void;
}

/** ms after which a participant counts as ready, and after which the old transport is closed although some are not. */
const readyMs = 8000;
const overdueMs = 15_000;

const sources: readonly TrackSource[] = ['microphone', 'camera', 'screen', 'screen-audio'];

/**
 * Replaces the tracks of one transport with those of the next, each once the new one delivers media, so that neither
 * picture nor sound is interrupted. Ends with `finish`, or when the next transport closes.
 */
export class Handover {
  readonly #options: HandoverOptions;
  readonly #moved = new Set<string>();
  #peers: ReadonlySet<ParticipantId> | undefined;
  #isReady = false;
  readonly #lifetime = new AbortController();

  constructor(options: HandoverOptions) {
    this.#options = options;
    const { next, before, streams } = options;
    const timers = [
      setTimeout(() => this.#ready(), readyMs),
      setTimeout(() => options.onOverdue(), overdueMs),
    ];
    const { signal } = this.#lifetime;
    signal.addEventListener('abort', () => timers.forEach(clearTimeout), { once: true });
    next.signal.addEventListener('abort', () => this.#lifetime.abort(), { signal });
    before.transport.events.on(
      'track',
      ({ id, source, track }) => this.#moved.has(trackKey(id, source)) || streams.setTrack(id, source, track),
      this.#lifetime,
    );
    next.transport.events.on('track', (event) => void this.#received(event), this.#lifetime);
    next.transport.events.on('link', () => this.#check(), this.#lifetime);
  }

  /** Sets the remote participants. */
  setPeers(ids: readonly ParticipantId[]): void {
    this.#peers = new Set(ids);
    this.#check();
  }

  /** Shows everything from the next transport. */
  finish(): void {
    if (this.#lifetime.signal.aborted) return;
    this.#lifetime.abort();
    const { next, streams } = this.#options;
    for (const id of this.#peers ?? [])
      for (const source of sources)
        streams.setTrack(id, source, next.tracks.get(trackKey(id, source)) ?? null);
  }

  async #received({
    id,
    source,
    track,
  }: {
    readonly id: ParticipantId;
    readonly source: TrackSource;
    readonly track: MediaStreamTrack | null;
  }): Promise<void> {
    const { next, streams, firstMedia } = this.#options;
    const { signal } = this.#lifetime;
    const key = trackKey(id, source);
    if (track) await firstMedia(track, { signal });
    if (signal.aborted || (next.tracks.get(key) ?? null) !== track) return;
    if (!track && !this.#moved.has(key)) return;
    this.#moved.add(key);
    streams.setTrack(id, source, track);
    this.#check();
  }

  #check(): void {
    const { next, expected } = this.#options;
    const isComplete =
      this.#peers &&
      [...this.#peers].every(
        (id) =>
          next.links.get(id) === 'connected' &&
          expected(id).every((source) => this.#moved.has(trackKey(id, source))),
      );
    if (isComplete) this.#ready();
  }

  #ready(): void {
    if (this.#isReady || this.#lifetime.signal.aborted) return;
    this.#isReady = true;
    this.#options.onReady();
  }
}
