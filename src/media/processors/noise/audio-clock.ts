/** ms between two readings. */
const period = 1000;

/** A machine that renders less sound than this part of what is played, in this many readings in a row, is too slow. */
const minRatio = 0.9;
const maxSlowReadings = 5;

type AudioClock = Pick<AudioContext, 'currentTime' | 'state'>;

interface AudioClockOptions {
  readonly signal: AbortSignal;
  /** ms; a test has its own. */
  readonly now?: () => number;
}

/** Calls `onSlow` when the audio thread falls behind the time: its clock counts what was rendered. */
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
