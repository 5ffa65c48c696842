// The files that track processors load when they are wanted: from packages that ship them, and our scripts around them.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../bootstrap.mjs';

const segmentation = '@twilio/video-processors/';
const noise = '@sapphi-red/web-noise-suppressor/';

/** Name in the folder of the processors, and where it is in `node_modules`. */
const copies = {
  'segmentation/tflite-simd-1-0-0.wasm': `${segmentation}dist/build/tflite-simd-1-0-0.wasm`,
  'segmentation/selfie_segmentation_landscape.tflite': `${segmentation}dist/build/selfie_segmentation_landscape.tflite`,
  'segmentation/LICENSE': `${segmentation}LICENSE.md`,
  'noise/rnnoise_simd.wasm': `${noise}dist/rnnoise_simd.wasm`,
  'noise/LICENSE': `${noise}LICENSE`,
};

/** The library is CommonJS, and the worker reads it from a global. */
const workerSource = `
  import createLibrary from '${segmentation}dist/build/tflite-simd-1-0-0.js';
  import './src/media/processors/background/segmentation-worker.ts';
  globalThis.createTwilioTFLiteSIMDModule = createLibrary;
`;

const encryptionSource = `import './src/media/encryption/encryption-worker.ts';`;

const workletSource = `import '${noise}rnnoiseWorklet.js';`;

/**
 * The code of Emscripten also runs in Node, and looks for its files by itself; here it does neither. Bundlers of applications
 * would see \`process\`, \`require('fs')\` and a URL, and polyfill the first two and fail for the third.
 */
const onlyBrowser = {
  process: 'undefined',
  require: 'undefined',
  __dirname: '""',
  __filename: 'undefined',
  'import.meta.url': '"file:///"',
};

const nothingOfNode = {
  name: 'nothing-of-node',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(fs|path)$/ }, ({ path }) => ({ path, namespace: 'nothing' }));
    onLoad({ filter: /.*/, namespace: 'nothing' }, () => ({ contents: '' }));
  },
};

/** What is compiled, as scripts without imports. */
const scripts = {
  'segmentation/worker.js': workerSource,
  'noise/worklet.js': workletSource,
  'encryption/worker.js': encryptionSource,
};

async function compiled(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    plugins: [nothingOfNode],
    define: onlyBrowser,
    bundle: true,
    format: 'iife',
    minify: true,
    charset: 'utf8',
    target: 'es2022',
    tsconfig: join(root, 'tsconfig.json'),
    legalComments: 'inline',
    write: false,
  });
  return Buffer.from(outputFiles[0].contents);
}

/** The content of one of them, or `undefined`: what the browser tests are served. */
export async function processorFile(name) {
  if (scripts[name]) return compiled(scripts[name]);
  if (name === 'NOTICE') return readFileSync(join(root, 'src/media/processors/NOTICE'));
  return copies[name] && readFileSync(join(root, 'node_modules', copies[name]));
}

/** Writes all of them into a folder. */
export async function writeProcessorFiles(folder) {
  for (const name of [...Object.keys(copies), ...Object.keys(scripts), 'NOTICE']) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, await processorFile(name));
  }
}
