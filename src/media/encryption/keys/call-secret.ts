import { CallError } from '../../../domain/call-error.js';
import type { EncryptionKey } from '../../../domain/media/media-encryption.js';

/** As OWASP advises for PBKDF2 with SHA-256. */
const iterations = 600_000;
const minBytes = 16;

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/**
 * The secret of one call, as a key for HKDF that cannot be read: the same key gives another secret in another call. Rejects
 * with INVALID_ARGUMENT.
 */
export async function callSecret(key: EncryptionKey, sessionId: string): Promise<CryptoKey> {
  const secret = typeof key === 'string' ? await stretched(key, sessionId) : await bits(key, sessionId);
  return crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
}

async function stretched(passphrase: string, sessionId: string): Promise<ArrayBuffer> {
  const key = await crypto.subtle.importKey('raw', bytesOf(passphrase), 'PBKDF2', false, ['deriveBits']);
  const salt = bytesOf(`cometchat-call ${sessionId}`);
  return crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, key, 256);
}

async function bits(key: BufferSource | CryptoKey, sessionId: string): Promise<ArrayBuffer> {
  const info = bytesOf(`cometchat-call ${sessionId}`);
  try {
    const material = key instanceof CryptoKey ? await materialOf(key) : await imported(key);
    return await crypto.subtle.deriveBits(
      { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info },
      material,
      256,
    );
  } catch (cause) {
    const message = `encryptionKey is a passphrase, ${minBytes} or more bytes, or a CryptoKey that is for HKDF with deriveBits, or can be exported.`;
    throw new CallError('INVALID_ARGUMENT', { message, cause });
  }
}

async function materialOf(key: CryptoKey): Promise<CryptoKey> {
  return key.algorithm.name === 'HKDF' ? key : imported(await crypto.subtle.exportKey('raw', key));
}

function imported(raw: BufferSource): Promise<CryptoKey> {
  if (raw.byteLength < minBytes) throw new RangeError('The key is too short.');
  return crypto.subtle.importKey('raw', raw, 'HKDF', false, ['deriveBits']);
}
