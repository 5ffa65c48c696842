import { placeholderFor, type Placeholder } from './placeholder-track.js';

/** What is needed of LiveKit: publishes a track, and says which sender carries it. */
export type Publish = (placeholder: MediaStreamTrack) => Promise<void>;

/**
 * One source as it is published. LiveKit enables, mutes and stops the tracks it is given: a microphone that the user has
 * muted would be heard. So it gets a placeholder, and the real track goes to the sender, before the first negotiation.
 */
export class PublishedTrack {
  #track: MediaStreamTrack | null = null;
  #placeholder: Placeholder | undefined;
  #sender: RTCRtpSender | undefined;

  /** Sends `track`; `null` stops sending. `publish` is called for the first track. Rejects if publishing fails. */
  async send(track: MediaStreamTrack | null, publish: Publish): Promise<void> {
    this.#track = track;
    if (this.#placeholder) return void (await this.#sender?.replaceTrack(track));
    if (!track) return;
    this.#placeholder = placeholderFor(track);
    await publish(this.#placeholder.track).catch((error: unknown) => {
      this.end();
      throw error;
    });
  }

  /** Whether LiveKit's track is the placeholder of this source. */
  has(placeholder: MediaStreamTrack): boolean {
    return this.#placeholder?.track === placeholder;
  }

  /** LiveKit has created the sender, for the first time or after a reconnect. */
  async senderCreated(sender: RTCRtpSender): Promise<void> {
    this.#sender = sender;
    await sender.replaceTrack(this.#track);
  }

  end(): void {
    this.#placeholder?.end();
    this.#placeholder = this.#sender = undefined;
  }
}
