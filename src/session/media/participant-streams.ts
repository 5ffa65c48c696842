import type { TrackSource } from '../../domain/call/call-state.js';
import type { ParticipantId } from '../../domain/call/participant.js';

/**
 * One MediaStream per participant and source. A new track gets a new stream: in Chromium, a media element never recovers
 * from a stream that had no tracks.
 */
export class ParticipantStreams {
  readonly #streams = new Map<string, MediaStream>();

  constructor(
    private readonly onChanged: () => void,
    /** Whose tracks are taken. */
    private readonly maySend: (id: ParticipantId) => boolean,
  ) {}

  streamOf(id: ParticipantId, source: TrackSource): MediaStream | null {
    return this.#streams.get(`${source} ${id}`) ?? null;
  }

  setTrack(id: ParticipantId, source: TrackSource, track: MediaStreamTrack | null): void {
    if (this.streamOf(id, source)?.getTracks()[0] === track) return;
    if (track && !this.maySend(id)) return;
    if (track) this.#streams.set(`${source} ${id}`, new MediaStream([track]));
    else this.#streams.delete(`${source} ${id}`);
    this.onChanged();
  }

  /** Drops the streams of participants who are not in `present`. */
  retain(present: ReadonlySet<ParticipantId>): void {
    for (const key of this.#streams.keys())
      if (!present.has(key.slice(key.indexOf(' ') + 1))) this.#streams.delete(key);
  }

  /** Moves the local streams to the id that the server assigned. */
  rename(from: ParticipantId, to: ParticipantId): void {
    for (const [key, stream] of [...this.#streams]) {
      const [source = '', id] = key.split(' ');
      if (id !== from) continue;
      this.#streams.delete(key);
      this.#streams.set(`${source} ${to}`, stream);
    }
  }
}
