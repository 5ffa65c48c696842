export interface FrameBudget {
  /** The maximum average processing time of a frame, in ms. */
  readonly perFrame: number;
  /** ms the average must stay above the budget: other programs may cause short peaks. */
  readonly sustainedMs: number;
}

/** Below about 12 frames per second, video stutters too much to keep the background. */
export const frameBudget: FrameBudget = { perFrame: 80, sustainedMs: 5000 };

/** Weight of the newest frame in the average. */
const weight = 0.1;

/**
 * Returns a function that takes each frame's processing time and the current time (ms), and returns whether the machine has
 * been too slow for `sustainedMs`. The average starts at the budget and is smoothed, so one slow frame has little effect.
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
