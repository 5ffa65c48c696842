/** ms between two readings. */
const period = 1000;

/** A machine is too slow if it renders less than this fraction of real time in so many consecutive readings. */
const minRatio = 0.9;
const maxSlowReadings = 5;

type AudioClock = Pick<AudioContext, 'currentTime' | 'state'>;

interface AudioClockOptions {
  readonly signal: AbortSignal;
  /** The current time in ms; tests replace it. */
  readonly now?: () => number;
}

/** Calls `onSlow` when the audio thread falls behind real time: `currentTime` advances only with rendered audio. */
export function watchAudioClock(
  context: AudioClock,
  onSlow: () => void,
  { signal, now = () => performance.now() }: AudioClockOptions,
): void {
  let before = { rendered: context.currentTime, at: now() };
  let slow = 0;
  const timer = setInterval(() => {
    const next = { rendered: context.currentTime, at: now() };
    const ratio = ((next.rendered - before.rendered) * 1000) / (next.at - before.at);
    before = next;
    slow = ratio < minRatio && context.state === 'running' ? slow + 1 : 0;
    if (slow >= maxSlowReadings) onSlow();
  }, period);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}
