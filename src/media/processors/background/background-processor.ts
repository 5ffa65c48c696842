import { frameBudget, watchBudget, type FrameBudget } from '../frame-budget.js';
import { processorAssets } from '../processor-assets.js';
import type { ProcessOptions, TrackProcessor } from '../../../domain/media/track-processor.js';
import type { BackgroundImage } from '../../../domain/media/background-image.js';
import type { Background } from './background.js';
import { drawFrames } from './canvas-track.js';
import { hasFrameStreams, pumpFrames } from './frame-streams.js';
import { loadImage } from './load-image.js';
import { openSegmentation } from './segmentation.js';

export interface BackgroundOptions {
  /** Blur strength, 1 to 99; used without an image. */
  readonly blur: number;
  readonly image: BackgroundImage;
  /** The folder of the processor files; empty: next to the bundle. */
  readonly assetsUrl: string;
  readonly budget?: FrameBudget;
}

/** Creates a processor that blurs the background of a camera track, or replaces it by an image. */
export function createBackgroundProcessor(options: BackgroundOptions): TrackProcessor {
  return { process: (track, to) => process(track, options, to) };
}

async function process(
  track: MediaStreamTrack,
  { blur, image, assetsUrl, budget = frameBudget }: BackgroundOptions,
  { signal, onFailure }: ProcessOptions,
): Promise<MediaStreamTrack> {
  const lifetime = new AbortController();
  const end = (): void => lifetime.abort();
  signal.addEventListener('abort', end, { once: true });
  try {
    const background: Background = image
      ? { kind: 'image', image: await loadImage(image, { signal }) }
      : { kind: 'blur', level: Math.min(99, Math.max(1, blur)) };
    signal.throwIfAborted();
    const segmentation = await openSegmentation({
      assets: processorAssets(assetsUrl),
      background,
      signal: lifetime.signal,
      onBroken: () => onFailure('failed'),
    });
    const processed = hasFrameStreams()
      ? pumpFrames(track, segmentation)
      : await drawFrames(track, segmentation, { signal: lifetime.signal });
    lifetime.signal.addEventListener('abort', () => processed.stop(), { once: true });
    const isTooSlow = watchBudget(budget);
    segmentation.onMessage((message) => {
      if (message.type === 'drawn' && isTooSlow(message.durationMs, performance.now())) onFailure('too-slow');
    });
    processed.contentHint = track.contentHint;
    return processed;
  } catch (error) {
    end();
    throw error;
  }
}
