import { log } from '../../base/logger.js';
import { sharedAudioContext } from '../audio-context.js';

/** Everybody's sound in one track. */
export interface SoundMixer {
  readonly track: MediaStreamTrack;
  /** Adds a voice; under an id that is known it takes the place of the one before. */
  add(id: string, track: MediaStreamTrack): void;
  remove(id: string): void;
}

/** Mixes until `signal` is aborted. */
export function createSoundMixer(signal: AbortSignal): SoundMixer {
  const context = sharedAudioContext({ signal });
  const out = context.createMediaStreamDestination();
  const limiter = createLimiter(context, out);
  const voices = new Map<string, AbortController>();

  const remove = (id: string): void => {
    voices.get(id)?.abort();
    voices.delete(id);
  };
  signal.addEventListener('abort', () => [...voices.keys()].forEach(remove), { once: true });
  return {
    track: firstTrack(out.stream),
    add(id, track) {
      remove(id);
      if (signal.aborted) return;
      const voice = new AbortController();
      voices.set(id, voice);
      connect(context, track, limiter, voice.signal);
    },
    remove,
  };
}

/** Many voices at once must not crackle. */
function createLimiter(context: AudioContext, out: AudioNode): AudioNode {
  const limiter = new DynamicsCompressorNode(context, { threshold: -6, knee: 0, ratio: 20, attack: 0.003 });
  limiter.connect(out);
  // Silence that never ends: the recording has sound from its first to its last moment.
  const silence = new ConstantSourceNode(context, { offset: 0 });
  silence.connect(limiter);
  silence.start();
  return limiter;
}

function connect(context: AudioContext, track: MediaStreamTrack, to: AudioNode, signal: AbortSignal): void {
  const stream = new MediaStream([track]);
  try {
    const source = context.createMediaStreamSource(stream);
    source.connect(to);
    signal.addEventListener('abort', () => source.disconnect(), { once: true });
  } catch (error) {
    log('recorder').warn('A voice cannot be recorded.', error);
    return;
  }
  // Chromium decodes the sound of a remote participant only while an element plays it.
  const pump = new Audio();
  pump.muted = true;
  pump.srcObject = stream;
  pump.play().catch((error: unknown) => log('recorder').debug('A voice does not play.', error));
  signal.addEventListener('abort', () => (pump.srcObject = null), { once: true });
}

function firstTrack(stream: MediaStream): MediaStreamTrack {
  const [track] = stream.getAudioTracks();
  if (!track) throw new DOMException('The mix has no track.', 'InvalidStateError');
  return track;
}
