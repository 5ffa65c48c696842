import type { TrackSource } from '../../../domain/call/call-state.js';
import { receivedTracks } from './transceivers.js';

/** What arrives from the peer. Reading the headers of the newest packets costs next to nothing, unlike statistics. */
export class ReceivedMedia {
  readonly #transceivers: () => readonly RTCRtpTransceiver[];
  #lastAudio = { source: 0, local: 0 };
  /** The newest packet seen by `hasArrived`, by its timestamp. */
  #lastPacket = 0;
  /** Cached: `getTransceivers()` allocates a list, and the level is read ten times a second. */
  #receivers: readonly RTCRtpReceiver[] = [];

  constructor(transceivers: () => readonly RTCRtpTransceiver[]) {
    this.#transceivers = transceivers;
  }

  tracks(): ReadonlyMap<TrackSource, MediaStreamTrack> {
    return receivedTracks(this.#transceivers());
  }

  /** Whether media arrived since the last call. */
  hasArrived(): boolean {
    const newest = Math.max(0, ...[0, 1].map((index) => this.#newestPacket(index)?.timestamp ?? 0));
    const isNew = newest > this.#lastPacket;
    this.#lastPacket = newest;
    return isNew;
  }

  /** The level of the peer's microphone, 0 to 1. `now`: `performance.now()`. */
  level(now: number): number {
    const packet = this.#newestPacket(0);
    if (!packet) return 0;
    // The last packet stays listed for ten seconds, and browsers use different time origins for it.
    if (packet.timestamp !== this.#lastAudio.source)
      this.#lastAudio = { source: packet.timestamp, local: now };
    return now - this.#lastAudio.local < 600 ? (packet.audioLevel ?? 0) : 0;
  }

  #newestPacket(index: number): RTCRtpSynchronizationSource | undefined {
    if (this.#receivers.length === 0) this.#receivers = this.#transceivers().map(({ receiver }) => receiver);
    return this.#receivers[index]?.getSynchronizationSources?.()[0];
  }
}
