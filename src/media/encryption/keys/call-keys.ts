import { reconciler } from '../../../base/reconciler.js';
import { callSecret } from './call-secret.js';
import type { EncryptionKey } from '../../../domain/media/media-encryption.js';

/** ms for which frames under the key before are decrypted: the others change theirs at their own time. */
const graceMs = 30_000;

interface CallKeysOptions {
  /** The first encrypts, each decrypts. */
  readonly use: (secrets: readonly CryptoKey[]) => void;
  /** A key that cannot be used. */
  readonly onError: (error: unknown) => void;
  readonly signal: AbortSignal;
}

/** What the secrets are derived from. */
interface KeyChoice {
  readonly key: EncryptionKey;
  readonly sessionId: string;
}

/** The secrets of one call, from the keys that the application gives. */
export class CallKeys {
  readonly #options: CallKeysOptions;
  #key: EncryptionKey;
  #sessionId: string | undefined;
  #secrets: readonly CryptoKey[] = [];
  #graceTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #derive = reconciler((choice: KeyChoice) => this.#apply(choice));

  constructor(key: EncryptionKey, options: CallKeysOptions) {
    this.#key = key;
    this.#options = options;
    options.signal.addEventListener('abort', () => clearTimeout(this.#graceTimer), { once: true });
  }

  /** The call was joined: its id is part of the secret. */
  join(sessionId: string): void {
    if (this.#sessionId === sessionId) return;
    this.#sessionId = sessionId;
    this.setKey(this.#key);
  }

  /** An empty key is none: nothing is let through any more. */
  setKey(key: EncryptionKey): void {
    this.#key = key;
    // Nothing is sent under a key that is no longer wanted.
    if (key === '') this.#use([]);
    if (this.#sessionId !== undefined) void this.#derive({ key, sessionId: this.#sessionId });
  }

  async #apply({ key, sessionId }: KeyChoice): Promise<void> {
    const { onError, signal } = this.#options;
    if (key === '') return;
    try {
      const secret = await callSecret(key, sessionId);
      if (signal.aborted || key !== this.#key) return;
      this.#use([secret, ...this.#secrets.slice(0, 1)]);
      clearTimeout(this.#graceTimer);
      this.#graceTimer = setTimeout(() => this.#use(this.#secrets.slice(0, 1)), graceMs);
    } catch (error) {
      this.#use([]);
      onError(error);
    }
  }

  #use(secrets: readonly CryptoKey[]): void {
    this.#secrets = secrets;
    this.#options.use(secrets);
  }
}
