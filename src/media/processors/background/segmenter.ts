import { fetchProcessorFile } from '../processor-file.js';
import type { SegmentationFiles } from './background.js';

/** The used part of the library: TensorFlow Lite with the operations of MediaPipe's selfie model. Offsets are in bytes. */
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

/** The build puts the library into the script of the worker, as a global. */
interface LibraryScope {
  createTwilioTFLiteSIMDModule(options: { readonly wasmBinary: ArrayBuffer }): Promise<Library>;
}

/** Separates people from the background. The only module that uses the library. */
export interface Segmenter {
  readonly width: number;
  readonly height: number;
  /** Returns the person mask, 0 to 1 per pixel. `pixels` (RGBA) must have the segmenter's size. */
  run(pixels: Uint8ClampedArray): Float32Array;
}

/** Loads library and model. Works only in a worker. */
export async function loadSegmenter({ inference, model }: SegmentationFiles): Promise<Segmenter> {
  const scope = globalThis as unknown as LibraryScope;
  const [wasmBinary, weights] = await Promise.all([fetchProcessorFile(inference), fetchProcessorFile(model)]);
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
