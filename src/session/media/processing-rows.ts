import { loadChunk } from '../../base/load-chunk.js';
import type { TrackProcessor } from '../../domain/media/track-processor.js';
import type { CallSettings } from '../../settings/setting-rows.js';

/** What can be processed. */
export type ProcessedSource = 'camera' | 'microphone';

interface ProcessingRow {
  /** Until it is processed, a track is not shown: others must not see the room before its background is there. */
  readonly withholdsRaw: boolean;
  /** What of the settings makes another processor; `undefined`: none is wanted. */
  readonly configuration: (settings: CallSettings) => readonly unknown[] | undefined;
  readonly load: (settings: CallSettings) => Promise<TrackProcessor>;
}

/** The page enforces a background: without it the picture must not be seen. */
export const isEnforced = ({ backgroundChoices }: CallSettings): boolean => backgroundChoices === 'none';

/** Which processor the settings ask for, by source; each is loaded when it is. */
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
        () => import('../../media/processors/background/background-processor.js'),
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
        () => import('../../media/processors/noise/noise-processor.js'),
      );
      return createNoiseProcessor({ assetsUrl });
    },
  },
};
