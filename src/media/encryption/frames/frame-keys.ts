import type { TrackSource } from '../../../domain/call/call-state.js';
import type { ParticipantId } from '../../../domain/call/participant.js';

/** Whose frames they are. Part of each key, so that a server cannot pass one person's media off as another's. */
export interface FrameOrigin {
  readonly participantId: ParticipantId;
  readonly source: TrackSource;
}

/** The key of one sender of one source, from the secret of the call (a key for HKDF) and the salt that its frames carry. */
export function frameKey(secret: CryptoKey, salt: BufferSource, origin: FrameOrigin): Promise<CryptoKey> {
  const { participantId, source } = origin;
  const info = new TextEncoder().encode(JSON.stringify(['cometchat-call frame', participantId, source]));
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt, info },
    secret,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}
