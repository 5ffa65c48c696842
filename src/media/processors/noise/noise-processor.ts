import { fetchAsset } from '../fetch-asset.js';
import { processorAssets } from '../processor-assets.js';
import type { ProcessOptions, TrackProcessor } from '../../../domain/media/track-processor.js';
import { watchAudioClock } from './audio-clock.js';

/** The registered name of the package's worklet. */
const worklet = '@sapphi-red/web-noise-suppressor/rnnoise';

/** The only sample rate that RNNoise supports, in Hz. */
const sampleRate = 48_000;

interface NoiseOptions {
  /** The folder of the processor files; empty: next to the bundle. */
  readonly assetsUrl: string;
}

/** Creates a processor that suppresses noise in a microphone track. */
export function createNoiseProcessor({ assetsUrl }: NoiseOptions): TrackProcessor {
  return { process: (track, options) => process(track, `${processorAssets(assetsUrl)}noise/`, options) };
}

async function process(
  track: MediaStreamTrack,
  assets: string,
  { signal, onTrouble }: ProcessOptions,
): Promise<MediaStreamTrack> {
  const context = new AudioContext({ sampleRate, latencyHint: 'interactive' });
  const close = (): void => void context.close().catch(() => undefined);
  signal.addEventListener('abort', close, { once: true });
  try {
    const [wasmBinary] = await Promise.all([
      fetchAsset(`${assets}rnnoise_simd.wasm`, { signal }),
      context.audioWorklet.addModule(`${assets}worklet.js`),
    ]);
    // A failure inside the worklet is not reported and would leave the microphone silent.
    await WebAssembly.compile(wasmBinary);
    await untilRunning(context, signal);
    const filter = new AudioWorkletNode(context, worklet, {
      processorOptions: { wasmBinary, maxChannels: 1 },
      channelCount: 1,
      channelCountMode: 'explicit',
      outputChannelCount: [1],
    });
    filter.onprocessorerror = () => onTrouble('failed');
    const output = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
    context
      .createMediaStreamSource(new MediaStream([track]))
      .connect(filter)
      .connect(output);
    const processed = output.stream.getAudioTracks()[0];
    if (!processed) throw new Error('This browser cannot make a track of sound.');
    signal.addEventListener(
      'abort',
      () => {
        filter.port.postMessage('destroy');
        processed.stop();
      },
      { once: true },
    );
    watchAudioClock(context, () => onTrouble('too-slow'), { signal });
    return processed;
  } catch (error) {
    close();
    throw error;
  }
}

/** Waits until audio runs: browsers may suspend it before the first gesture. The raw track is sent meanwhile. */
function untilRunning(context: AudioContext, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const check = (): void => {
      if (context.state === 'running') resolve();
      if (context.state === 'closed') reject(new DOMException('No longer wanted.', 'AbortError'));
    };
    context.addEventListener('statechange', check, { signal });
    signal.addEventListener('abort', () => reject(new DOMException('No longer wanted.', 'AbortError')), {
      once: true,
    });
    const resume = (): void => void context.resume().catch(() => undefined);
    for (const gesture of ['pointerup', 'keydown'])
      addEventListener(gesture, resume, { capture: true, once: true, signal });
    resume();
    check();
  });
}
