/** Curve P-256: X25519 is missing in some browsers that can encrypt frames. */
const curve = { name: 'ECDH', namedCurve: 'P-256' } as const;
const nonceBytes = 12;
const senderKeyBytes = 32;

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** The private key of a participant cannot be read, and lives as long as the call. */
export interface AgreementKey {
  readonly privateKey: CryptoKey;
  /** As it is sent to others. */
  readonly publicKey: string;
}

/** The key under which one participant sends, as random bytes. */
export type SenderKey = Uint8Array<ArrayBuffer>;

/** Names a sender key: from whom it is, for whom, and which of the sender's keys. */
export interface KeyRoute {
  /** Public keys. */
  readonly from: string;
  readonly to: string;
  readonly generation: number;
}

export async function newAgreementKey(): Promise<AgreementKey> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(curve, false, ['deriveBits']);
  return { privateKey, publicKey: toText(await crypto.subtle.exportKey('raw', publicKey)) };
}

/**
 * The key that two participants share (ECDH, then HKDF), with which they send each other their sender keys. Rejects if the public
 * key is not a point of the curve.
 */
export async function sharedKey(own: AgreementKey, publicKey: string, sessionId: string): Promise<CryptoKey> {
  const other = await crypto.subtle.importKey('raw', fromText(publicKey), curve, false, []);
  const bits = await crypto.subtle.deriveBits({ name: 'ECDH', public: other }, own.privateKey, 256);
  const info = bytesOf(
    JSON.stringify(['cometchat-call agreement', sessionId, ...[own.publicKey, publicKey].sort()]),
  );
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info },
    await crypto.subtle.importKey('raw', bits, 'HKDF', false, ['deriveKey']),
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

export const newSenderKey = (): SenderKey => crypto.getRandomValues(new Uint8Array(senderKeyBytes));

/** A sender key as the secret from which the keys of its frames are derived. */
export function senderSecret(key: SenderKey): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', key, 'HKDF', false, ['deriveKey']);
}

export async function wrapKey(shared: CryptoKey, key: SenderKey, route: KeyRoute): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(nonceBytes));
  const wrapped = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: routeBytes(route) },
    shared,
    key,
  );
  return toText(Uint8Array.of(...iv, ...new Uint8Array(wrapped)));
}

/** Rejects if it was made by another one, for another one, or as another of the sender's keys. */
export async function unwrapKey(shared: CryptoKey, wrapped: string, route: KeyRoute): Promise<SenderKey> {
  const bytes = fromText(wrapped);
  const algorithm = {
    name: 'AES-GCM',
    iv: bytes.subarray(0, nonceBytes),
    additionalData: routeBytes(route),
  };
  return new Uint8Array(await crypto.subtle.decrypt(algorithm, shared, bytes.subarray(nonceBytes)));
}

const routeBytes = ({ from, to, generation }: KeyRoute): Uint8Array<ArrayBuffer> =>
  bytesOf(JSON.stringify([from, to, generation]));

const toText = (bytes: ArrayBuffer | Uint8Array): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)));

const fromText = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
