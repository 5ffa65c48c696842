export interface FrameBudget {
  /** ms that a frame may take, on average. */
  readonly perFrame: number;
  /** ms for which it must take longer before it is too slow: other programs may be busy for a moment. */
  readonly sustainedMs: number;
}

/** Below 12 frames a second a picture stutters more than a background is worth. */
export const frameBudget: FrameBudget = { perFrame: 80, sustainedMs: 5000 };

/** Weight of the newest frame in the average. */
const weight = 0.1;

/**
 * Takes what each frame took, and when (both in ms); tells when the machine has been too slow for too long. The average
 * begins at the budget: one slow frame says nothing.
 */
export function watchBudget({ perFrame, sustainedMs }: FrameBudget): (took: number, now: number) => boolean {
  let average = perFrame;
  let slowSince: number | undefined;
  return (took, now) => {
    average += (took - average) * weight;
    if (average <= perFrame) slowSince = undefined;
    else slowSince ??= now;
    return slowSince !== undefined && now - slowSince >= sustainedMs;
  };
}
