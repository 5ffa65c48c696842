import { servedFolder } from '../served-files.js';

/** URLs of the files that a processor loads. */
export interface ProcessorAssets {
  /** The script of the segmentation worker. */
  readonly worker: string;
  /** TensorFlow Lite, which the worker runs. */
  readonly inference: string;
  /** The model that separates people from the background. */
  readonly model: string;
  /** The script of the audio worklet that runs RNNoise. */
  readonly worklet: string;
  readonly rnnoise: string;
}

/**
 * Beside the bundle. Each URL is written out: bundlers recognize `new URL('…', import.meta.url)` and then publish the file
 * with the application. The build replaces the path of the folder.
 */
const assetsBesideModule = (): ProcessorAssets => ({
  worker: new URL('../../../dist/cdn/processors/segmentation/worker.js', import.meta.url).href,
  inference: new URL('../../../dist/cdn/processors/segmentation/tflite-simd-1-0-0.wasm', import.meta.url)
    .href,
  model: new URL(
    '../../../dist/cdn/processors/segmentation/selfie_segmentation_landscape.tflite',
    import.meta.url,
  ).href,
  worklet: new URL('../../../dist/cdn/processors/noise/worklet.js', import.meta.url).href,
  rnnoise: new URL('../../../dist/cdn/processors/noise/rnnoise_simd.wasm', import.meta.url).href,
});

/** Absolute URLs: a worker has another base, and Turbopack writes paths for `new URL('…', import.meta.url).href`. */
export function absoluteAssets(assets: ProcessorAssets, base: string): ProcessorAssets {
  const absolute = (url: string): string => new URL(url, base).href;
  return {
    worker: absolute(assets.worker),
    inference: absolute(assets.inference),
    model: absolute(assets.model),
    worklet: absolute(assets.worklet),
    rnnoise: absolute(assets.rnnoise),
  };
}

/** Where the processor files are. `assetsUrl`: the folder of a copy that the page serves; empty: beside the bundle. */
export function processorAssets(assetsUrl: string): ProcessorAssets {
  if (!assetsUrl) return absoluteAssets(assetsBesideModule(), document.baseURI);
  const folder = servedFolder(assetsUrl);
  return {
    worker: `${folder}segmentation/worker.js`,
    inference: `${folder}segmentation/tflite-simd-1-0-0.wasm`,
    model: `${folder}segmentation/selfie_segmentation_landscape.tflite`,
    worklet: `${folder}noise/worklet.js`,
    rnnoise: `${folder}noise/rnnoise_simd.wasm`,
  };
}
