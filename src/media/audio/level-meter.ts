import { log } from '../../base/logger.js';
import { sharedAudioContext } from './audio-context.js';

/** Reads how loud something is. */
export interface LevelMeter {
  /** The loudness now: 0 (silence) to 1, linear. */
  read(): number;
}

/** Lifts the mean power of speech (about 0.03 to 0.15) to where the levels of remote participants are. */
const gain = 3;

/** Samples a reading looks back at: 43 ms at 48 kHz. */
const windowSize = 2048;

/** Measures the loudness of an own track until `signal` is aborted. A track that cannot be measured is silent. */
export function createLevelMeter(
  track: MediaStreamTrack,
  { signal }: { readonly signal: AbortSignal },
): LevelMeter {
  try {
    return measure(track, signal);
  } catch (error) {
    log('audio').warn('The level of a track cannot be metered.', error);
    return { read: () => 0 };
  }
}

function measure(track: MediaStreamTrack, signal: AbortSignal): LevelMeter {
  const context = sharedAudioContext({ signal });
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const analyser = new AnalyserNode(context, { fftSize: windowSize });
  source.connect(analyser);
  signal.addEventListener('abort', () => source.disconnect(), { once: true });
  const samples = new Float32Array(windowSize);
  return {
    read() {
      if (signal.aborted || track.readyState === 'ended' || !track.enabled) return 0;
      analyser.getFloatTimeDomainData(samples);
      return Math.min(1, gain * rootMeanSquare(samples));
    },
  };
}

function rootMeanSquare(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / samples.length);
}
