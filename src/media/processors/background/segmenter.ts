import { fetchAsset } from '../fetch-asset.js';

/** The library is a script that leaves a global: TensorFlow Lite with the operations of MediaPipe's selfie model. */
const script = 'tflite-simd-1-0-0.js';
const code = 'tflite-simd-1-0-0.wasm';
const model = 'selfie_segmentation_landscape.tflite';

/** The used part of the library. Offsets are in bytes. */
interface Library {
  readonly HEAPU8: Uint8Array;
  readonly HEAPF32: Float32Array;
  _getModelBufferMemoryOffset(): number;
  _loadModel(size: number): number;
  _getInputMemoryOffset(): number;
  _getInputWidth(): number;
  _getInputHeight(): number;
  _getOutputMemoryOffset(): number;
  _runInference(): number;
}

interface LibraryScope {
  importScripts(url: string): void;
  createTwilioTFLiteSIMDModule(options: { readonly wasmBinary: ArrayBuffer }): Promise<Library>;
}

/** Separates people from the background. The only module that uses the library. */
export interface Segmenter {
  readonly width: number;
  readonly height: number;
  /** Returns the person mask, 0 to 1 per pixel. `pixels` (RGBA) must have the segmenter's size. */
  run(pixels: Uint8ClampedArray): Float32Array;
}

/** Loads library and model from the folder `assets`. Works only in a worker. */
export async function loadSegmenter(assets: string): Promise<Segmenter> {
  const scope = globalThis as unknown as LibraryScope;
  const files = Promise.all([fetchAsset(assets + code), fetchAsset(assets + model)]);
  scope.importScripts(assets + script);
  const [wasmBinary, weights] = await files;
  const library = await scope.createTwilioTFLiteSIMDModule({ wasmBinary });
  library.HEAPU8.set(new Uint8Array(weights), library._getModelBufferMemoryOffset());
  library._loadModel(weights.byteLength);
  const width = library._getInputWidth();
  const height = library._getInputHeight();
  if (!(width > 0 && height > 0)) throw new Error('The model cannot be used.');
  return { width, height, run: (pixels) => run(library, pixels, width * height) };
}

function run(library: Library, pixels: Uint8ClampedArray, count: number): Float32Array {
  const input = library._getInputMemoryOffset() / 4;
  const heap = library.HEAPF32;
  for (let at = 0; at < count; at += 1)
    for (let channel = 0; channel < 3; channel += 1)
      heap[input + at * 3 + channel] = (pixels[at * 4 + channel] ?? 0) / 255;
  library._runInference();
  const output = library._getOutputMemoryOffset() / 4;
  return library.HEAPF32.slice(output, output + count);
}
