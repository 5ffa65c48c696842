import type { ParticipantId } from '../../../domain/call/participant.js';
import type { KeySignal } from '../../../domain/signal-data.js';
import { senderSecret, sharedKey, unwrapKey, type AgreementKey, type KeyRoute } from './key-agreement.js';

const firstRetryMs = 1000;
const maxRetryMs = 10_000;
/** ms after which it is said that a participant gives no key. */
const overdueMs = 10_000;
/** ms for which frames under the key before are decrypted: it is used until all have the new one. */
const graceMs = 10_000;

interface KeyPeerOptions {
  readonly id: ParticipantId;
  readonly sessionId: string;
  readonly agreement: Promise<AgreementKey>;
  /** Which own key is the latest; 0: there is none yet. */
  readonly ownGeneration: () => number;
  /** The own key of the route, encrypted. */
  readonly wrapped: (shared: CryptoKey, route: KeyRoute) => Promise<string>;
  readonly send: (message: KeySignal) => Promise<boolean>;
  readonly onChange: () => void;
}

/** Another participant, with whom keys are exchanged. */
export class KeyPeer {
  readonly #options: KeyPeerOptions;
  /** The first one that came: a key that is replaced later could be anybody's. */
  #publicKey: string | undefined;
  #shared: CryptoKey | undefined;
  /** The peer's latest key. */
  #generation = 0;
  #secrets: readonly CryptoKey[] = [];
  /** The latest own key that the peer has. */
  #confirmed = 0;
  #isOverdue = false;
  /** Messages are handled, and sent, one after the other. */
  #work: Promise<void> = Promise.resolve();
  #retryMs = firstRetryMs;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #graceTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #overdueTimer: ReturnType<typeof setTimeout>;
  #isClosed = false;

  constructor(options: KeyPeerOptions) {
    this.#options = options;
    this.#overdueTimer = setTimeout(() => {
      this.#isOverdue = this.#secrets.length === 0;
      if (this.#isOverdue) options.onChange();
    }, overdueMs);
  }

  get id(): ParticipantId {
    return this.#options.id;
  }

  get publicKey(): string | undefined {
    return this.#publicKey;
  }

  /** Keys for the peer's frames: the latest, and for a while the one before. */
  get secrets(): readonly CryptoKey[] {
    return this.#secrets;
  }

  get confirmed(): number {
    return this.#confirmed;
  }

  get isOverdue(): boolean {
    return this.#isOverdue;
  }

  /** Sends the own key, until it is confirmed. */
  tell(): void {
    this.#retryMs = firstRetryMs;
    this.#enqueue(() => this.#send());
  }

  receive(message: KeySignal): void {
    this.#enqueue(() => this.#receive(message));
  }

  close(): void {
    this.#isClosed = true;
    for (const timer of [this.#retryTimer, this.#graceTimer, this.#overdueTimer]) clearTimeout(timer);
  }

  #enqueue(task: () => Promise<void>): void {
    this.#work = this.#work.then(() => (this.#isClosed ? undefined : task())).catch(() => undefined);
  }

  async #receive({ key, generation, has, wrapped }: KeySignal): Promise<void> {
    const own = await this.#options.agreement;
    if (key === own.publicKey || (this.#publicKey ?? key) !== key) return;
    this.#shared ??= await sharedKey(own, key, this.#options.sessionId);
    this.#publicKey = key;
    this.#retryMs = firstRetryMs;
    this.#confirmed = Math.min(has, this.#options.ownGeneration());
    if (wrapped !== undefined && generation > this.#generation) {
      const route = { from: key, to: own.publicKey, generation };
      const secret = await senderSecret(await unwrapKey(this.#shared, wrapped, route));
      this.#generation = generation;
      this.#addSecret(secret);
    }
    if (this.#isClosed) return;
    this.#options.onChange();
    // What carries a key is to be confirmed, also when it comes again: the confirmation was lost then.
    if (wrapped !== undefined || !this.#isConfirmed()) await this.#send();
  }

  #addSecret(secret: CryptoKey): void {
    this.#isOverdue = false;
    this.#secrets = [secret, ...this.#secrets.slice(0, 1)];
    clearTimeout(this.#graceTimer);
    this.#graceTimer = setTimeout(() => {
      this.#secrets = this.#secrets.slice(0, 1);
      this.#options.onChange();
    }, graceMs);
  }

  #isConfirmed(): boolean {
    return this.#confirmed === this.#options.ownGeneration();
  }

  async #send(): Promise<void> {
    const { agreement, ownGeneration, wrapped, send } = this.#options;
    const own = await agreement;
    const generation = ownGeneration();
    const message: KeySignal = { type: 'key', key: own.publicKey, generation, has: this.#generation };
    const isToBeGiven = this.#shared && this.#publicKey && generation > 0 && !this.#isConfirmed();
    const route = { from: own.publicKey, to: this.#publicKey ?? '', generation };
    const given = isToBeGiven && this.#shared ? { wrapped: await wrapped(this.#shared, route) } : {};
    if (this.#isClosed) return;
    void send({ ...message, ...given });
    this.#scheduleRetry();
  }

  #scheduleRetry(): void {
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => {
      if (this.#isConfirmed() && this.#generation > 0) return;
      this.#enqueue(() => this.#send());
    }, this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, maxRetryMs);
  }
}
