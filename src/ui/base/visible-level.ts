/** A loudness of 0 to 1 as it is shown: quiet sounds raised, in steps of 0.05, so that the styles change rarely. */
export function visibleLevel(loudness: number): number {
  return Math.round(Math.sqrt(Math.max(0, Math.min(1, loudness))) * 20) / 20;
}
