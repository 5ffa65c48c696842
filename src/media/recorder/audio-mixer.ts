import { log } from '../../base/logger.js';
import { sharedAudioContext } from '../audio/audio-context.js';

/** Mixes the audio of all participants into one track. */
export interface AudioMixer {
  readonly track: MediaStreamTrack;
  /** Adds a track; a known id replaces its previous track. */
  add(id: string, track: MediaStreamTrack): void;
  remove(id: string): void;
}

/** Mixes until `signal` is aborted. */
export function createAudioMixer(signal: AbortSignal): AudioMixer {
  const context = sharedAudioContext({ signal });
  const destination = context.createMediaStreamDestination();
  const limiter = createLimiter(context, destination);
  const sources = new Map<string, AbortController>();

  const remove = (id: string): void => {
    sources.get(id)?.abort();
    sources.delete(id);
  };
  signal.addEventListener('abort', () => [...sources.keys()].forEach(remove), { once: true });
  return {
    track: firstTrack(destination.stream),
    add(id, track) {
      remove(id);
      if (signal.aborted) return;
      const source = new AbortController();
      sources.set(id, source);
      connect(context, track, limiter, source.signal);
    },
    remove,
  };
}

/** Prevents clipping when many participants speak at once. */
function createLimiter(context: AudioContext, destination: AudioNode): AudioNode {
  const limiter = new DynamicsCompressorNode(context, { threshold: -6, knee: 0, ratio: 20, attack: 0.003 });
  limiter.connect(destination);
  // Constant silence, so that the recording has audio throughout.
  const silence = new ConstantSourceNode(context, { offset: 0 });
  silence.connect(limiter);
  silence.start();
  return limiter;
}

function connect(context: AudioContext, track: MediaStreamTrack, to: AudioNode, signal: AbortSignal): void {
  const stream = new MediaStream([track]);
  try {
    const sourceNode = context.createMediaStreamSource(stream);
    sourceNode.connect(to);
    signal.addEventListener('abort', () => sourceNode.disconnect(), { once: true });
  } catch (error) {
    log('recorder').warn('An audio track cannot be recorded.', error);
    return;
  }
  // Chromium decodes remote audio only while an element plays it.
  const playback = new Audio();
  playback.muted = true;
  playback.srcObject = stream;
  playback.play().catch((error: unknown) => log('recorder').debug('An audio track does not play.', error));
  signal.addEventListener('abort', () => (playback.srcObject = null), { once: true });
}

function firstTrack(stream: MediaStream): MediaStreamTrack {
  const [track] = stream.getAudioTracks();
  if (!track) throw new DOMException('The mix has no track.', 'InvalidStateError');
  return track;
}
