import { sharedAudioContext } from './audio-context.js';

/** Hertz and begin in seconds: two notes, as a chime. */
const notes: readonly (readonly [frequency: number, begin: number])[] = [
  [523.25, 0],
  [783.99, 0.22],
];

/** Seconds each note takes to fade away. */
const fade = 0.9;

/** ms after which a chime that has not ended was never heard: without an audio device, or a gesture, nothing plays. */
const longest = 5000;

/**
 * Plays a chime through one speaker (empty: the system's) and resolves when it is over or `signal` is aborted. Rejects when it
 * cannot be heard.
 */
export async function playTestTone(
  sinkId: string,
  { signal }: { readonly signal: AbortSignal },
): Promise<void> {
  if (signal.aborted) return;
  const end = new AbortController();
  signal.addEventListener('abort', () => end.abort(), { once: true, signal: end.signal });
  const context = sharedAudioContext({ signal: end.signal });
  // Only a media element can be sent to a speaker in every browser.
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
  const given = new Promise<void>((resolve, reject) => {
    end.signal.addEventListener('abort', () => resolve(), { once: true });
    timer = setTimeout(() => reject(new DOMException('The chime did not play.', 'TimeoutError')), longest);
  });
  try {
    await Promise.race([play(), given]);
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
