import { timingSafeEqual } from 'node:crypto';

/** Compares secrets in constant time. */
export function secretsEqual(received: string | undefined, secret: string): boolean {
  const [receivedBytes, secretBytes] = [Buffer.from(received ?? ''), Buffer.from(secret)];
  return receivedBytes.length === secretBytes.length && timingSafeEqual(receivedBytes, secretBytes);
}
