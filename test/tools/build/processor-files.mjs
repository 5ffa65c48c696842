// The files that track processors load when they are wanted: from packages that ship them, and our worker.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../bootstrap.mjs';

const segmentation = '@twilio/video-processors/';
const noise = '@sapphi-red/web-noise-suppressor/';

/** Name in the folder of the processors, and where it is in `node_modules`. */
const copies = {
  'segmentation/tflite-simd-1-0-0.js': `${segmentation}dist/build/tflite-simd-1-0-0.js`,
  'segmentation/tflite-simd-1-0-0.wasm': `${segmentation}dist/build/tflite-simd-1-0-0.wasm`,
  'segmentation/selfie_segmentation_landscape.tflite': `${segmentation}dist/build/selfie_segmentation_landscape.tflite`,
  'segmentation/LICENSE': `${segmentation}LICENSE.md`,
  'noise/worklet.js': `${noise}dist/rnnoise/workletProcessor.js`,
  'noise/rnnoise_simd.wasm': `${noise}dist/rnnoise_simd.wasm`,
  'noise/LICENSE': `${noise}LICENSE`,
};

/** Those of them that are as their packages ship them. */
export const copiedFiles = Object.keys(copies);

const worker = 'segmentation/worker.js';

async function workerScript() {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'src/media/processors/background/segmentation-worker.ts')],
    bundle: true,
    format: 'iife',
    minify: true,
    charset: 'utf8',
    target: 'es2022',
    tsconfig: join(root, 'tsconfig.json'),
    legalComments: 'none',
    write: false,
  });
  return outputFiles[0].contents;
}

/** The content of one of them, or `undefined`: what the browser tests are served. */
export async function processorFile(name) {
  if (name === worker) return Buffer.from(await workerScript());
  if (name === 'NOTICE') return readFileSync(join(root, 'src/media/processors/NOTICE'));
  return copies[name] && readFileSync(join(root, 'node_modules', copies[name]));
}

/** Writes all of them into a folder. */
export async function writeProcessorFiles(folder) {
  for (const name of [...Object.keys(copies), worker, 'NOTICE']) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, await processorFile(name));
  }
}
