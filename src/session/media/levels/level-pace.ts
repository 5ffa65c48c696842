/** ms between two readings of the audio levels on a page that has time. */
export const levelPeriod = 100;

/** ms between two readings on a page that has none. */
const maxPeriod = 1000;

/**
 * ms until the next reading, from how long the last one took, and how late its timer was. A reading blocks the page until
 * the media threads answer, and new levels are a new picture: on a busy machine 13 ms for each peer, which at ten readings a
 * second left no time for the video. Reading takes 3 % of the time at most.
 */
export function periodAfter(costMs: number, lateMs: number): number {
  return Math.min(maxPeriod, Math.max(levelPeriod, costMs * 30, lateMs * 4));
}
