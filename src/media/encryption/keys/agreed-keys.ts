import type { ParticipantId } from '../../../domain/call/participant.js';
import type { KeySignal } from '../../../domain/signal-data.js';
import type { OwnedSecret } from '../encryption-messages.js';
import { newAgreementKey, newSenderKey, senderSecret, wrapKey, type SenderKey } from './key-agreement.js';
import { KeyPeer } from './key-peer.js';
import { verificationCode } from './verification-code.js';

/** ms after which a new key is used although not everyone has confirmed it: one who left must not hear more. */
const switchMs = 3000;
/** ms between two new keys, if several leave. */
const rekeyMs = 1000;
/** Messages of those who are not known yet. */
const maxEarly = 100;

export interface KeyMembers {
  readonly sessionId: string;
  readonly selfId: ParticipantId;
  readonly others: readonly ParticipantId[];
}

interface AgreedKeysOptions {
  readonly use: (secrets: readonly OwnedSecret[]) => void;
  /** Resolves with whether it was delivered. */
  readonly send: (to: ParticipantId, message: KeySignal) => Promise<boolean>;
  /** The code, or who is without a key, has changed. */
  readonly onChange: () => void;
  readonly signal: AbortSignal;
}

interface OwnKey {
  readonly generation: number;
  readonly bytes: SenderKey;
  readonly secret: CryptoKey;
}

/**
 * The keys that the participants of a call agree on. Each sends under a key of its own, which it gives to each of the others,
 * encrypted for that one; the server sees public keys only. Messages may be lost: they are sent until they are answered.
 */
export class AgreedKeys {
  readonly #options: AgreedKeysOptions;
  readonly #agreement = newAgreementKey();
  #members: KeyMembers | undefined;
  readonly #peers = new Map<ParticipantId, KeyPeer>();
  readonly #early = new Map<ParticipantId, KeySignal>();
  /** The latest own key, and the one that encrypts until the others have the latest. */
  #own: OwnKey | undefined;
  #used: OwnKey | undefined;
  #rekeyTimer: ReturnType<typeof setTimeout> | undefined;
  #switchTimer: ReturnType<typeof setTimeout> | undefined;
  #rekeyed = -Infinity;
  #code: string | undefined;
  #coded = '';

  constructor(options: AgreedKeysOptions) {
    this.#options = options;
    options.signal.addEventListener('abort', () => this.#close(), { once: true });
    void this.#rekey();
  }

  /** What the participants compare; `undefined` until the keys of all are there. */
  get code(): string | undefined {
    return this.#code;
  }

  /** Those who have given no key for a while. */
  get overdue(): readonly ParticipantId[] {
    return [...this.#peers.values()].filter(({ isOverdue }) => isOverdue).map(({ id }) => id);
  }

  /** Who is in the call. When somebody has left, there is a new key. */
  setMembers(members: KeyMembers): void {
    const isRenamed = this.#members?.selfId !== members.selfId;
    this.#members = members;
    const present = new Set(isRenamed ? [] : members.others);
    const gone = [...this.#peers.values()].filter(({ id }) => !present.has(id));
    for (const peer of gone) {
      this.#peers.delete(peer.id);
      peer.close();
    }
    if (gone.length > 0) this.#scheduleRekey();
    for (const id of members.others) if (!this.#peers.has(id)) this.#add(id, members.sessionId);
    this.#early.clear();
    this.#changed();
  }

  receive(from: ParticipantId, message: KeySignal): void {
    const peer = this.#peers.get(from);
    if (peer) return peer.receive(message);
    if (this.#early.size < maxEarly) this.#early.set(from, message);
  }

  #add(id: ParticipantId, sessionId: string): void {
    const peer = new KeyPeer({
      id,
      sessionId,
      agreement: this.#agreement,
      ownGeneration: () => this.#own?.generation ?? 0,
      wrapped: (shared, route) => wrapKey(shared, this.#bytesOf(route.generation), route),
      send: (message) => this.#options.send(id, message),
      onChange: () => this.#changed(),
    });
    this.#peers.set(id, peer);
    const early = this.#early.get(id);
    if (early) peer.receive(early);
    else peer.tell();
  }

  #bytesOf(generation: number): SenderKey {
    if (this.#own?.generation !== generation) throw new RangeError('The key has been replaced.');
    return this.#own.bytes;
  }

  #scheduleRekey(): void {
    clearTimeout(this.#rekeyTimer);
    const wait = Math.max(0, this.#rekeyed + rekeyMs - performance.now());
    this.#rekeyTimer = setTimeout(() => void this.#rekey(), wait);
  }

  async #rekey(): Promise<void> {
    this.#rekeyed = performance.now();
    const bytes = newSenderKey();
    const secret = await senderSecret(bytes);
    if (this.#options.signal.aborted) return;
    this.#own = { generation: (this.#own?.generation ?? 0) + 1, bytes, secret };
    this.#used ??= this.#own;
    clearTimeout(this.#switchTimer);
    this.#switchTimer = setTimeout(() => this.#switch(), switchMs);
    for (const peer of this.#peers.values()) peer.tell();
    this.#changed();
  }

  #switch(): void {
    clearTimeout(this.#switchTimer);
    if (this.#used === this.#own) return;
    this.#used = this.#own;
    this.#changed();
  }

  /** Uses what is there now. */
  #changed(): void {
    const { use, onChange, signal } = this.#options;
    const members = this.#members;
    if (signal.aborted || !members) return;
    const peers = [...this.#peers.values()];
    const latest = this.#own?.generation ?? 0;
    if (this.#used !== this.#own && peers.every(({ confirmed }) => confirmed === latest))
      return this.#switch();
    const received = peers.flatMap(({ id, secrets }) => secrets.map((secret) => ({ owner: id, secret })));
    use([...(this.#used ? [{ owner: members.selfId, secret: this.#used.secret }] : []), ...received]);
    onChange();
    void this.#updateCode(members, peers);
  }

  async #updateCode({ selfId, sessionId }: KeyMembers, peers: readonly KeyPeer[]): Promise<void> {
    const { publicKey } = await this.#agreement;
    const known = new Map([[selfId, publicKey]]);
    for (const peer of peers)
      if (peer.publicKey && peer.secrets.length > 0) known.set(peer.id, peer.publicKey);
    const isComplete = peers.length > 0 && known.size === peers.length + 1;
    const wanted = isComplete ? JSON.stringify([...known].sort()) : '';
    if (wanted === this.#coded) return;
    this.#coded = wanted;
    this.#setCode(undefined);
    const code = isComplete ? await verificationCode(known, sessionId) : undefined;
    if (this.#coded === wanted) this.#setCode(code);
  }

  #setCode(code: string | undefined): void {
    if (code === this.#code || this.#options.signal.aborted) return;
    this.#code = code;
    this.#options.onChange();
  }

  #close(): void {
    clearTimeout(this.#rekeyTimer);
    clearTimeout(this.#switchTimer);
    for (const peer of this.#peers.values()) peer.close();
    this.#peers.clear();
  }
}
