import { frameKey, type FrameOrigin } from './frame-keys.js';
import { concat, joinFrame, nonceOf, parseSealed, type Layout } from './frame-format.js';
import { ReplayWindow } from './replay-window.js';

/** The key of a salt, for one secret, and the frames that it has opened. */
interface KnownKey {
  readonly name: string;
  readonly secret: CryptoKey;
  readonly key: CryptoKey;
  readonly seen: ReplayWindow;
}

/** Keys that are kept: a sender has one, and for a moment two. */
const maxKeys = 8;

export interface OpenedFrame {
  readonly layout: Layout;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** Decrypts the frames of one receiver. */
export class FrameOpener {
  readonly #origin: FrameOrigin;
  #known: readonly KnownKey[] = [];

  constructor(origin: FrameOrigin) {
    this.#origin = origin;
  }

  /** The decrypted frame; `undefined` if none of the secrets opens it, or it was there before. It must not be shown then. */
  async open(
    frame: Uint8Array<ArrayBuffer>,
    secrets: readonly CryptoKey[],
  ): Promise<OpenedFrame | undefined> {
    const sealed = parseSealed(frame);
    if (!sealed) return undefined;
    const { head, ciphertext, salt, counter, trailer, layout } = sealed;
    const name = String(salt);
    for (const secret of secrets) {
      const known =
        this.#known.find((each) => each.name === name && each.secret === secret) ??
        (await this.#keyFor(secret, salt));
      const secretPart = await crypto.subtle
        .decrypt(
          { name: 'AES-GCM', iv: nonceOf(counter), additionalData: concat(head, trailer) },
          known.key,
          ciphertext,
        )
        .catch(() => undefined);
      if (!secretPart) continue;
      // Only now: made-up salts must not push out the keys that are in use.
      if (!this.#known.includes(known)) this.#known = [known, ...this.#known].slice(0, maxKeys);
      if (!known.seen.add(counter)) return undefined;
      return { layout, data: joinFrame(layout, { head, secret: new Uint8Array(secretPart) }) };
    }
    return undefined;
  }

  async #keyFor(secret: CryptoKey, salt: Uint8Array<ArrayBuffer>): Promise<KnownKey> {
    const key = await frameKey(secret, salt, this.#origin);
    return { name: String(salt), secret, key, seen: new ReplayWindow() };
  }
}
