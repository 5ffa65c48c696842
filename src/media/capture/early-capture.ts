import { mediaConstraints, type UserMediaRequest } from './media-constraints.js';

/**
 * Microphone and camera requested before the code of the call is there: opening a camera takes longer than loading it.
 * The first request for the same devices takes over the stream; later requests open their own.
 */
export class EarlyCapture {
  readonly #constraints: string;
  #stream: Promise<MediaStream> | undefined;

  /** `signal`: the call is no longer wanted. */
  constructor(request: UserMediaRequest, { signal }: { readonly signal: AbortSignal }) {
    const constraints = mediaConstraints(request);
    this.#constraints = JSON.stringify(constraints);
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    if (!devices || Object.keys(request).length === 0) return;
    try {
      this.#stream = devices.getUserMedia(constraints);
    } catch {
      // It is missing in some web views. The call asks again, and says that it failed.
      return;
    }
    this.#stream.catch(() => undefined); // The request that takes it over handles the failure.
    signal.addEventListener('abort', () => this.discard(), { once: true });
  }

  /** The stream for these constraints; `undefined` if another was requested, or none. */
  take(constraints: MediaStreamConstraints): Promise<MediaStream> | undefined {
    if (JSON.stringify(constraints) !== this.#constraints) this.discard();
    const stream = this.#stream;
    this.#stream = undefined;
    return stream;
  }

  /** Closes the devices, unless the stream has been taken. */
  discard(): void {
    const stop = (stream: MediaStream): void => stream.getTracks().forEach((track) => track.stop());
    this.#stream?.then(stop, () => undefined);
    this.#stream = undefined;
  }
}
