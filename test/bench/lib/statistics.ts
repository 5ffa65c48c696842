/** The middle of the values; of an even number of them, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 ? high : ((sorted[middle - 1] ?? Number.NaN) + high) / 2;
}

/** The value that `share` (0 to 1) of the values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export interface RatioInterval {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

const resamples = 4000;

/**
 * The ratio of two medians with its 95 % interval, by a bootstrap over rounds. Both values of a round are drawn together, because
 * the machine's speed drifts from round to round.
 */
export function ratioOfMedians(values: readonly number[], floor: readonly number[]): RatioInterval {
  const rounds = Math.min(values.length, floor.length);
  const random = generator(1);
  const ratios = Array.from({ length: resamples }, () => {
    const drawn = Array.from({ length: rounds }, () => Math.floor(random() * rounds));
    return (
      median(drawn.map((at) => values[at] ?? Number.NaN)) / median(drawn.map((at) => floor[at] ?? Number.NaN))
    );
  });
  return {
    ratio: median(values) / median(floor),
    low: percentile(ratios, 0.025),
    high: percentile(ratios, 0.975),
  };
}

/** Mulberry32: the same numbers in each run, so that a report can be repeated from its figures. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
