import { fetchAsset } from '../fetch-asset.js';
import { processorAssets } from '../processor-assets.js';
import type { ProcessOptions, TrackProcessor } from '../../../domain/media/track-processor.js';
import { watchAudioClock } from './audio-clock.js';

/** The name that the package's worklet registers itself by. */
const worklet = '@sapphi-red/web-noise-suppressor/rnnoise';

/** RNNoise knows this rate only. */
const sampleRate = 48_000;

interface NoiseOptions {
  /** The folder of the processors' files; empty: beside the bundle. */
  readonly assetsUrl: string;
}

/** Takes noise out of a microphone's sound and leaves speech. */
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
    // In the worklet nobody would hear that it is refused, and the microphone would be silent.
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

/** Until the user has touched the page, a browser may hold the sound back: the raw track is better than silence. */
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
