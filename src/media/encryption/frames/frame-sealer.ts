import { frameKey, type FrameOrigin } from './frame-keys.js';
import { concat, newSalt, nonceOf, splitFrame, trailerOf, type Layout } from './frame-format.js';

/** Frames under one key; then the next salt makes the next key. A counter never repeats under a key. */
const framesPerKey = 2 ** 32;

/** Encrypts the frames of one sender. */
export class FrameSealer {
  readonly #origin: FrameOrigin;
  #secret: CryptoKey | undefined;
  #current: { readonly key: CryptoKey; readonly salt: Uint8Array<ArrayBuffer> } | undefined;
  #counter = 0;

  constructor(origin: FrameOrigin) {
    this.#origin = origin;
  }

  /** The encrypted frame; `undefined` if it cannot be encrypted, and must not be sent. */
  async seal(
    frame: Uint8Array<ArrayBuffer>,
    layout: Layout,
    secret: CryptoKey | undefined,
  ): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const parts = splitFrame(frame, layout);
    if (!parts || !secret) return undefined;
    const { key, salt } = await this.#keyFor(secret);
    const counter = this.#counter++;
    const trailer = trailerOf(salt, counter, layout);
    const ciphertext = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv: nonceOf(counter), additionalData: concat(parts.head, trailer) },
      key,
      parts.secret,
    );
    return concat(parts.head, new Uint8Array(ciphertext), trailer);
  }

  async #keyFor(secret: CryptoKey) {
    if (this.#current && secret === this.#secret && this.#counter < framesPerKey) return this.#current;
    const salt = newSalt();
    const key = await frameKey(secret, salt, this.#origin);
    this.#secret = secret;
    this.#counter = 0;
    return (this.#current = { key, salt });
  }
}
