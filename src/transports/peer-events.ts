import type { Emitter } from '../base/emitter.js';
import { CallError } from '../domain/call-error.js';
import type { LinkState, TrackSource } from '../domain/call/call-state.js';
import type { ParticipantId } from '../domain/call/participant.js';
import type { TransportEvents } from './transport.js';

/** Emits the transport events of one peer, each only when its value changed. */
export class PeerEvents {
  readonly #id: ParticipantId;
  readonly #events: Emitter<TransportEvents>;
  readonly #tracks = new Map<TrackSource, MediaStreamTrack>();
  #state: LinkState | undefined;
  #quality: number | undefined;

  constructor(id: ParticipantId, events: Emitter<TransportEvents>) {
    this.#id = id;
    this.#events = events;
  }

  track(source: TrackSource, track: MediaStreamTrack): void {
    if (this.#tracks.get(source) === track) return;
    this.#tracks.set(source, track);
    this.#events.emit('track', { id: this.#id, source, track });
  }

  trackRemoved(source: TrackSource): void {
    if (this.#tracks.delete(source)) this.#events.emit('track', { id: this.#id, source, track: null });
  }

  link(state: LinkState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#events.emit('link', { id: this.#id, state });
  }

  quality(quality: number | undefined): void {
    if (quality === undefined || quality === this.#quality) return;
    this.#quality = quality;
    this.#events.emit('quality', { id: this.#id, quality });
  }

  unreachable(): void {
    this.#events.emit('error', new CallError('PEER_UNREACHABLE', { details: { id: this.#id } }));
  }

  /** The peer left: removes its tracks. */
  removed(): void {
    for (const source of [...this.#tracks.keys()]) this.trackRemoved(source);
  }
}
