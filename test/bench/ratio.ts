/** Numbers of a run against those of its floor, pair by pair, as the machine's speed drifts. */
export function reportRatio(
  title: string,
  unit: string,
  ours: readonly number[],
  floor: readonly number[],
): void {
  const ratios = ours.map((value, at) => value / (floor[at] ?? Number.NaN));
  console.log(
    `${title}: ${median(ratios).toFixed(2)} times the floor ` +
      `(ours ${median(ours).toFixed(0)} ${unit}, floor ${median(floor).toFixed(0)} ${unit}, ` +
      `ratios ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')})`,
  );
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
