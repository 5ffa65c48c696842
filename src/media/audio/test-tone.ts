import { sharedAudioContext } from './audio-context.js';

/** The two notes of the chime: frequency in Hz, start in seconds. */
const notes: readonly (readonly [frequency: number, begin: number])[] = [
  [523.25, 0],
  [783.99, 0.22],
];

/** The fade-out of each note, in seconds. */
const fade = 0.9;

/** ms after which playback counts as failed: without an audio device or a gesture, nothing plays. */
const longest = 5000;

/**
 * Plays a chime on a speaker (empty: the system default). Resolves when it ended or `signal` is aborted. Rejects if it does not
 * play.
 */
export async function playTestTone(
  sinkId: string,
  { signal }: { readonly signal: AbortSignal },
): Promise<void> {
  if (signal.aborted) return;
  const end = new AbortController();
  signal.addEventListener('abort', () => end.abort(), { once: true, signal: end.signal });
  const context = sharedAudioContext({ signal: end.signal });
  // Not all browsers have `AudioContext.setSinkId`; a media element works wherever speakers can be selected.
  const target = context.createMediaStreamDestination();
  const audio = new Audio();
  audio.srcObject = target.stream;
  const play = async (): Promise<void> => {
    if (sinkId && 'setSinkId' in audio) await audio.setSinkId(sinkId);
    await audio.play();
    if (end.signal.aborted) return;
    const lastNote = playChime(context, target);
    await new Promise<void>((resolve) => lastNote.addEventListener('ended', () => resolve(), { once: true }));
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const cancelled = new Promise<void>((resolve, reject) => {
    end.signal.addEventListener('abort', () => resolve(), { once: true });
    timer = setTimeout(() => reject(new DOMException('The chime did not play.', 'TimeoutError')), longest);
  });
  try {
    await Promise.race([play(), cancelled]);
  } finally {
    clearTimeout(timer);
    audio.srcObject = null;
    end.abort();
  }
}

function playChime(context: AudioContext, target: AudioNode): AudioScheduledSourceNode {
  const oscillators = notes.map(([frequency, startsAt]) => {
    const at = context.currentTime + startsAt;
    const oscillator = new OscillatorNode(context, { frequency });
    const volume = new GainNode(context, { gain: 0 });
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.35, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, at + fade);
    oscillator.connect(volume).connect(target);
    oscillator.start(at);
    oscillator.stop(at + fade);
    return oscillator;
  });
  const lastOscillator = oscillators.at(-1);
  if (!lastOscillator) throw new TypeError('A chime has notes.');
  return lastOscillator;
}
