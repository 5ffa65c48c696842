import type { ParticipantId } from '../../domain/call/participant.js';
import type { FrameOrigin } from './frames/frame-keys.js';

/** The options of a transform: a direction of one sender or receiver. */
export interface TransformOptions extends FrameOrigin {
  readonly direction: 'send' | 'receive';
  /** Who receives it; absent if everyone does. */
  readonly peerId?: ParticipantId | undefined;
}

/** A secret, and the participant whose frames are under it; without one, it is that of everyone. */
export interface OwnedSecret {
  readonly owner?: ParticipantId;
  readonly secret: CryptoKey;
}

/** The secrets of the call: of those of a participant the first encrypts, each decrypts. */
export interface EncryptionRequest {
  readonly secrets: readonly IdentifiedSecret[];
}

/**
 * Sent when it begins, not for each frame. `sealed`: also when it goes on under another secret, whose `id` it has. `failing`: none of
 * many frames could be decrypted.
 */
export type EncryptionReport =
  | { readonly type: 'ready' }
  | { readonly type: 'sealed'; readonly peerId: ParticipantId | undefined; readonly secretId: number }
  | ({ readonly type: 'opened' | 'failing' } & FrameOrigin);

/** A secret with a number: what arrives in a worker is a copy each time, of which nothing tells that it is the same. */
export interface IdentifiedSecret extends OwnedSecret {
  readonly id: number;
}

/** Numbers the secrets that are sent to a worker. */
export class SecretNumbers {
  readonly #ids = new WeakMap<CryptoKey, number>();
  #last = 0;

  identify(secrets: readonly OwnedSecret[]): readonly IdentifiedSecret[] {
    return secrets.map((each) => ({ ...each, id: this.#idOf(each.secret) }));
  }

  #idOf(secret: CryptoKey): number {
    const id = this.#ids.get(secret) ?? (this.#last += 1);
    this.#ids.set(secret, id);
    return id;
  }
}

/** The secrets as they arrive, but the known ones as they are: what a receiver knows of replayed frames hangs on them. */
export function keepKnown(
  known: readonly IdentifiedSecret[],
  received: readonly IdentifiedSecret[],
): readonly IdentifiedSecret[] {
  return received.map((each) => known.find(({ id }) => id === each.id) ?? each);
}

/** The secrets for the frames of a participant. */
export function secretsOf(
  secrets: readonly IdentifiedSecret[],
  participantId: ParticipantId,
): readonly IdentifiedSecret[] {
  return secrets.filter(({ owner = participantId }) => owner === participantId);
}
