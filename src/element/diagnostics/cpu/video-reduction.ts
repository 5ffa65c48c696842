import type { CpuLoad } from './cpu-load.js';

/**
 * When video is reduced by another step, and when a step is taken back. A step about halves the work, so what counts as
 * relaxed is less than half of what counts as busy: otherwise each step back would be followed by the next step.
 *
 * | load | codecs, of all cores | limited by the browser |
 * |---|---|---|
 * | busy | over 0.5 | over half of the time |
 * | relaxed | under 0.2 | under a tenth of the time |
 */
const busy: CpuLoad = { codecs: 0.5, limited: 0.5 };
const relaxed: CpuLoad = { codecs: 0.2, limited: 0.1 };

/** Busy looks in a row before a step: one alone may be a page that loads, or a participant who joins. */
const busyLooks = 2;

/** ms of relaxed looks before a step back: doubled each time that a step back did not last, up to the maximum. */
const patience = { minimum: 20_000, maximum: 160_000, lasting: 60_000 };

/** Further steps reach the end of every table. */
export const maxSteps = 6;

export interface VideoReduction {
  /** How many steps less video is sent. */
  readonly steps: number;
  readonly busyLooks: number;
  readonly relaxedSince: number;
  readonly patience: number;
  /** When the last step was taken back. */
  readonly restoredAt: number;
}

export function noReduction(now: number): VideoReduction {
  return { steps: 0, busyLooks: 0, relaxedSince: now, patience: patience.minimum, restoredAt: -Infinity };
}

/** The reduction after another look. `now` in ms. */
export function nextReduction(state: VideoReduction, load: CpuLoad, now: number): VideoReduction {
  if (load.codecs > busy.codecs || load.limited > busy.limited) return reduced(state, now);
  const isRelaxed = load.codecs < relaxed.codecs && load.limited < relaxed.limited;
  if (!isRelaxed || state.steps === 0) return { ...state, busyLooks: 0, relaxedSince: now };
  if (now - state.relaxedSince < state.patience) return { ...state, busyLooks: 0 };
  return { ...state, steps: state.steps - 1, busyLooks: 0, relaxedSince: now, restoredAt: now };
}

function reduced(state: VideoReduction, now: number): VideoReduction {
  const looks = state.busyLooks + 1;
  if (looks < busyLooks) return { ...state, busyLooks: looks, relaxedSince: now };
  const lasted = now - state.restoredAt > patience.lasting;
  return {
    ...state,
    steps: Math.min(state.steps + 1, maxSteps),
    busyLooks: 0,
    relaxedSince: now,
    patience: lasted ? patience.minimum : Math.min(state.patience * 2, patience.maximum),
  };
}
