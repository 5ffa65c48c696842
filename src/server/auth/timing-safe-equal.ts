import { timingSafeEqual } from 'node:crypto';

/** Whether a secret is the right one; how long the comparison takes says nothing about how much of it was right. */
export function secretsEqual(received: string | undefined, secret: string): boolean {
  const [givenBytes, secretBytes] = [Buffer.from(received ?? ''), Buffer.from(secret)];
  return givenBytes.length === secretBytes.length && timingSafeEqual(givenBytes, secretBytes);
}
