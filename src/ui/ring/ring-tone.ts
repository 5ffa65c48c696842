/** One note of a tone: when, how high and how long (Hz and seconds), and how loud. */
interface Note {
  readonly at: number;
  readonly frequency: number;
  readonly duration: number;
  readonly volume: number;
}

interface Tone {
  /** Seconds after which it begins anew. */
  readonly period: number;
  readonly notes: readonly Note[];
}

const chime = (at: number): readonly Note[] =>
  [659.3, 784, 987.8].map((frequency, n) => ({ at: at + n * 0.16, frequency, duration: 0.5, volume: 0.22 }));

/** The tones of the callee and of the caller. */
export const ringTones = {
  incoming: { period: 3, notes: [...chime(0), ...chime(0.75)] },
  outgoing: { period: 4, notes: [{ at: 0, frequency: 425, duration: 1, volume: 0.06 }] },
} as const satisfies Readonly<Record<string, Tone>>;

export type ToneName = keyof typeof ringTones;

/** The gestures after which a page may play audio. */
const gestures = ['pointerdown', 'keydown'] as const;

/**
 * Plays a tone until `signal` is aborted. Browsers block sound until the user has touched the page; then the tone starts
 * with the first touch. `source` is a file to play instead, if any.
 */
export function playTone(
  name: ToneName,
  { source = '', signal }: { source?: string; signal: AbortSignal },
): void {
  if (signal.aborted) return;
  const start = source
    ? fileTone(source, signal, () => playTone(name, { signal }))
    : synthesised(ringTones[name], signal);
  void start();
  for (const gesture of gestures)
    addEventListener(gesture, () => void start(), { signal, once: true, capture: true });
}

/** Needs no file: one period of the tone is computed and repeated. */
function synthesised(tone: Tone, signal: AbortSignal): () => Promise<void> {
  if (typeof AudioContext === 'undefined') return () => Promise.resolve();
  const context = new AudioContext();
  const player = new AudioBufferSourceNode(context, { buffer: bufferOf(tone, context), loop: true });
  player.connect(context.destination);
  player.start();
  signal.addEventListener('abort', () => void context.close().catch(() => undefined), { once: true });
  // Refused, or closed meanwhile: the next gesture asks again, and an aborted tone has none.
  return () => context.resume().catch(() => undefined);
}

function bufferOf({ period, notes }: Tone, { sampleRate }: BaseAudioContext): AudioBuffer {
  const buffer = new AudioBuffer({ length: Math.round(period * sampleRate), sampleRate });
  const samples = buffer.getChannelData(0);
  for (const { at, frequency, duration, volume } of notes) {
    const first = Math.round(at * sampleRate);
    const count = Math.round(duration * sampleRate);
    for (let n = 0; n < count; n += 1) {
      // Fades in within 10 ms, so that it does not click, and out like something struck.
      const fade = Math.min(1, n / (0.01 * sampleRate)) * (1 - n / count) ** 1.5;
      samples[first + n] =
        (samples[first + n] ?? 0) + volume * fade * Math.sin((2 * Math.PI * frequency * n) / sampleRate);
    }
  }
  return buffer;
}

function fileTone(source: string, signal: AbortSignal, onError: () => void): () => Promise<void> {
  const audio = new Audio(source);
  audio.loop = true;
  audio.addEventListener('error', onError, { once: true });
  signal.addEventListener('abort', () => audio.pause(), { once: true });
  return () => audio.play().catch(() => undefined);
}
