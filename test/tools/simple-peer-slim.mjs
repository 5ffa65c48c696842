// simple-peer was written for Node's streams. Its six Node-style dependencies are replaced by small ones of our own, in the
// build and in the tests alike: 28 kB become 6 kB gzip, and no `process`, `global` or `Buffer` is asked of the page.
import { fileURLToPath } from 'node:url';

const shims = {
  'readable-stream': 'duplex',
  buffer: 'buffer',
  randombytes: 'random-bytes',
  debug: 'debug',
  'err-code': 'err-code',
  'queue-microtask': 'queue-microtask',
};

const shimFolder = new URL('../../src/transports/mesh/shims/', import.meta.url);

/** Entries for @rollup/plugin-alias. */
export const simplePeerAliases = Object.entries(shims).map(([find, file]) => ({
  find,
  replacement: fileURLToPath(new URL(`${file}.js`, shimFolder)),
}));

/** What @rollup/plugin-commonjs must translate. */
export const cjsPackages = ['**/node_modules/simple-peer/**/*', '**/node_modules/get-browser-rtc/**/*'];
