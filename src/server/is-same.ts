import { timingSafeEqual } from 'node:crypto';

/** Whether a secret is the right one; how long the comparison takes says nothing about how much of it was right. */
export function isSame(given: string | undefined, secret: string): boolean {
  const [theirs, ours] = [Buffer.from(given ?? ''), Buffer.from(secret)];
  return theirs.length === ours.length && timingSafeEqual(theirs, ours);
}
