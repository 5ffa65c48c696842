import type { TrackSource } from '../domain/call-state.js';
import type { ParticipantId } from '../domain/participant.js';

/** One stable MediaStream per participant and source: elements keep it while its track comes, goes and changes. */
export class ParticipantStreams {
  readonly #streams = new Map<string, MediaStream>();

  streamOf(id: ParticipantId, source: TrackSource): MediaStream {
    const key = `${source} ${id}`;
    const stream = this.#streams.get(key) ?? new MediaStream();
    this.#streams.set(key, stream);
    return stream;
  }

  setTrack(id: ParticipantId, source: TrackSource, track: MediaStreamTrack | null): void {
    const stream = this.streamOf(id, source);
    for (const old of stream.getTracks()) if (old !== track) stream.removeTrack(old);
    if (track && !stream.getTracks().includes(track)) stream.addTrack(track);
  }

  /** Lets go of everybody who is not in `present`. */
  keepOnly(present: ReadonlyMap<ParticipantId, unknown>): void {
    for (const key of this.#streams.keys()) {
      const id = key.slice(key.indexOf(' ') + 1);
      if (!present.has(id)) this.#streams.delete(key);
    }
  }

  /** The own streams, made before the server gave an id, move to it. */
  rename(from: ParticipantId, to: ParticipantId): void {
    for (const [key, stream] of [...this.#streams]) {
      if (!key.endsWith(` ${from}`)) continue;
      this.#streams.delete(key);
      this.#streams.set(`${key.slice(0, key.indexOf(' '))} ${to}`, stream);
    }
  }
}
