import { loadChunk } from '../../../base/load-chunk.js';
import type { TrackProcessor } from '../../../domain/media/track-processor.js';
import type { CallSettings } from '../../../settings/setting-rows.js';

export type ProcessedSource = 'camera' | 'microphone';

interface ProcessingRow {
  /** Whether raw tracks are withheld until processed: remote participants must not see the room without its background. */
  readonly withholdsRaw: boolean;
  /** The settings that define the processor; a change replaces it. `undefined`: no processing. */
  readonly configuration: (settings: CallSettings) => readonly unknown[] | undefined;
  readonly load: (settings: CallSettings) => Promise<TrackProcessor>;
}

/** Whether the page enforces a background, so that raw video must never be sent. */
export const isEnforced = ({ backgroundChoices }: CallSettings): boolean => backgroundChoices === 'none';

/** The processor of each source, loaded on first use. */
export const processingRows: Readonly<Record<ProcessedSource, ProcessingRow>> = {
  camera: {
    withholdsRaw: true,
    configuration({ trackProcessors, backgroundBlur, backgroundImage, processorAssetsUrl }) {
      if (trackProcessors?.camera) return [trackProcessors.camera];
      const background = backgroundImage || backgroundBlur;
      return background ? [background, processorAssetsUrl] : undefined;
    },
    async load({
      trackProcessors,
      backgroundBlur: blur,
      backgroundImage: image,
      processorAssetsUrl: assetsUrl,
    }) {
      if (trackProcessors?.camera) return trackProcessors.camera;
      const { createBackgroundProcessor } = await loadChunk(
        'background-processor',
        () => import('../../../media/processors/background/background-processor.js'),
      );
      return createBackgroundProcessor({ blur, image, assetsUrl });
    },
  },
  microphone: {
    withholdsRaw: false,
    configuration({ trackProcessors, noiseSuppression, processorAssetsUrl }) {
      if (trackProcessors?.microphone) return [trackProcessors.microphone];
      return noiseSuppression ? [processorAssetsUrl] : undefined;
    },
    async load({ trackProcessors, processorAssetsUrl: assetsUrl }) {
      if (trackProcessors?.microphone) return trackProcessors.microphone;
      const { createNoiseProcessor } = await loadChunk(
        'noise-processor',
        () => import('../../../media/processors/noise/noise-processor.js'),
      );
      return createNoiseProcessor({ assetsUrl });
    },
  },
};
