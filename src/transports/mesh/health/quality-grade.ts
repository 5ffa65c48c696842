import type { LinkStats } from './link-stats.js';

/** The metrics behind a quality grade. Times in seconds, loss 0 to 1. */
export interface QualityMetrics {
  readonly loss: number;
  readonly roundTrip: number;
  readonly jitter: number;
}

/**
 * Upper limits of each grade:
 *
 * | grade | loss | round trip | jitter | noticeable effect |
 * |---|---|---|---|---|
 * | 4 | 1 % | 0.2 s | 30 ms | nothing |
 * | 3 | 4 % | 0.4 s | 60 ms | a rare click; repaired |
 * | 2 | 10 % | 0.7 s | 120 ms | talking over each other, blurred video |
 * | 1 | more | more | more | missing words |
 * | 0 | nothing arrives | | | |
 */
const limits: readonly (QualityMetrics & { readonly grade: number })[] = [
  { grade: 4, loss: 0.01, roundTrip: 0.2, jitter: 0.03 },
  { grade: 3, loss: 0.04, roundTrip: 0.4, jitter: 0.06 },
  { grade: 2, loss: 0.1, roundTrip: 0.7, jitter: 0.12 },
];

/** 4 (excellent) to 1 (poor), by the worst metric. Never 0 (lost), which the caller sets when no data arrives. */
export function qualityGrade({ loss, roundTrip, jitter }: QualityMetrics): number {
  const limit = limits.find((row) => loss <= row.loss && roundTrip <= row.roundTrip && jitter <= row.jitter);
  return limit?.grade ?? 1;
}

/** Averages the metrics between two reads with the previous ones, so that one bad second does not lower the grade. */
export function smoothMetrics(
  before: LinkStats,
  after: LinkStats,
  previous: QualityMetrics | null,
): QualityMetrics {
  const lost = Math.max(0, after.lost - before.lost);
  const packets = Math.max(0, after.packets - before.packets);
  const inboundLoss = lost && lost / (lost + packets);
  const now = {
    loss: Math.max(inboundLoss, after.remoteFractionLost),
    roundTrip: after.roundTrip,
    jitter: after.jitter,
  };
  if (!previous) return now;
  return {
    loss: (now.loss + previous.loss) / 2,
    roundTrip: (now.roundTrip + previous.roundTrip) / 2,
    jitter: (now.jitter + previous.jitter) / 2,
  };
}
