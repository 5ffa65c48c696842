const groups = 6;
const bytesPerGroup = 5;
const digits = 5;

/**
 * A server between two participants could look for a pair of keys that gives both the same code. Each try costs as much as this; with
 * 30 digits that is out of reach.
 */
const iterations = 100_000;

/**
 * What the participants compare: the same only if all of them have the same public keys of each other. Groups of decimal digits,
 * as in Signal's safety numbers.
 */
export async function verificationCode(
  publicKeys: ReadonlyMap<string, string>,
  sessionId: string,
): Promise<string> {
  const encode = (value: unknown): Uint8Array<ArrayBuffer> => new TextEncoder().encode(JSON.stringify(value));
  const sorted = [...publicKeys].map((entry) => JSON.stringify(entry)).sort();
  const key = await crypto.subtle.importKey('raw', encode(sorted), 'PBKDF2', false, ['deriveBits']);
  const salt = encode(['cometchat-call code', sessionId]);
  const bits = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    key,
    groups * bytesPerGroup * 8,
  );
  const bytes = new Uint8Array(bits);
  return Array.from({ length: groups }, (_, group) =>
    bytes
      .subarray(group * bytesPerGroup, (group + 1) * bytesPerGroup)
      .reduce((sum, byte) => (sum * 256 + byte) % 10 ** digits, 0)
      .toString()
      .padStart(digits, '0'),
  ).join(' ');
}
