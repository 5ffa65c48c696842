import { log } from '../../base/logger.js';
import { sharedAudioContext } from './audio-context.js';

/** Measures an audio level. */
export interface LevelMeter {
  /** The current level: 0 (silence) to 1, linear. */
  read(): number;
}

/** Scales the RMS of speech (about 0.03 to 0.15) to the range of the remote levels. */
const gain = 3;

/** Samples per reading: 43 ms at 48 kHz. */
const windowSize = 2048;

/** Measures the level of a local track until `signal` is aborted. Reads 0 if the track cannot be measured. */
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
