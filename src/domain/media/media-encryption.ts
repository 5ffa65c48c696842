import type { TrackSource } from '../call/call-state.js';
import type { ParticipantId } from '../call/participant.js';
import type { KeySignal } from '../signal-data.js';

/** An object of the browser; the server, which shares these files, may have no such type. */
type Browser<Name extends string> =
  typeof globalThis extends Readonly<Record<Name, { prototype: infer Defined }>> ? Defined : never;

/**
 * The secret of a call that is encrypted from end to end: a passphrase, 16 or more random bytes, or a CryptoKey that derives
 * by HKDF or can be exported. Empty: none.
 */
export type EncryptionKey = string | ArrayBuffer | ArrayBufferView<ArrayBuffer> | Browser<'CryptoKey'>;

interface SentRoute {
  readonly source: TrackSource;
  readonly selfId: ParticipantId;
  /** Absent if what is sent reaches everyone. */
  readonly peerId?: ParticipantId;
}

interface ReceivedRoute {
  readonly source: TrackSource;
  readonly peerId: ParticipantId;
}

/** Encrypts and decrypts the frames of a transport. Until there is a key, none is let through. */
export interface MediaEncryption {
  /** For both directions of a transceiver. To be called before it is negotiated. */
  protect(transceiver: Browser<'RTCRtpTransceiver'>, route: SentRoute & ReceivedRoute): void;
  protectSender(sender: Browser<'RTCRtpSender'>, route: SentRoute): void;
  protectReceiver(receiver: Browser<'RTCRtpReceiver'>, route: ReceivedRoute): void;
  /** What another participant says about its key, where keys are agreed. */
  receive(from: ParticipantId, message: KeySignal): void;
  /** Uses another key; those who still send with the one before are decrypted for a while. */
  setKey(key: EncryptionKey): void;
}
