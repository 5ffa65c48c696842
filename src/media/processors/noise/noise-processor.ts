import { processorAssets, type ProcessorAssets } from '../processor-assets.js';
import { fetchProcessorFile, missingProcessorFile } from '../processor-file.js';
import type { ProcessOptions, TrackProcessor } from '../../../domain/media/track-processor.js';
import { watchAudioClock } from './audio-clock.js';
import { untilRunning } from './until-running.js';

/** The registered name of the package's worklet. */
const processorName = '@sapphi-red/web-noise-suppressor/rnnoise';

/** The only sample rate that RNNoise supports, in Hz. */
const sampleRate = 48_000;

interface NoiseOptions {
  /** The folder of the processor files; empty: next to the bundle. */
  readonly assetsUrl: string;
}

/** Creates a processor that suppresses noise in a microphone track. */
export function createNoiseProcessor({ assetsUrl }: NoiseOptions): TrackProcessor {
  return { process: (track, options) => process(track, processorAssets(assetsUrl), options) };
}

async function process(
  track: MediaStreamTrack,
  { worklet, rnnoise }: ProcessorAssets,
  { signal, onFailure }: ProcessOptions,
): Promise<MediaStreamTrack> {
  const context = new AudioContext({ sampleRate, latencyHint: 'interactive' });
  const close = (): void => void context.close().catch(() => undefined);
  signal.addEventListener('abort', close, { once: true });
  try {
    const [wasmBinary] = await Promise.all([
      fetchProcessorFile(rnnoise, { signal }),
      context.audioWorklet.addModule(worklet).catch((cause: unknown) => {
        throw missingProcessorFile(worklet, cause);
      }),
    ]);
    // A failure inside the worklet is not reported and would leave the microphone silent.
    await WebAssembly.compile(wasmBinary);
    await untilRunning(context, signal);
    const filter = new AudioWorkletNode(context, processorName, {
      processorOptions: { wasmBinary, maxChannels: 1 },
      channelCount: 1,
      channelCountMode: 'explicit',
      outputChannelCount: [1],
    });
    filter.onprocessorerror = () => onFailure('failed');
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
    watchAudioClock(context, () => onFailure('too-slow'), { signal });
    return processed;
  } catch (error) {
    close();
    throw error;
  }
}
