// simple-peer was written for Node's streams. Its six Node-style dependencies are replaced by small ones of our own, in the
// build and in the tests alike: 28 kB become 6 kB gzip, and no `process`, `global` or `Buffer` is asked of the page. What the
// mesh never calls is left out of the class itself, in both: that makes them 4 kB.
import { fileURLToPath } from 'node:url';
import MagicString from 'magic-string';
import { parseAst } from 'rollup/parseAst';

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

/** Methods of simple-peer's class that `peer-link.ts` neither calls nor lets be called, or has in its own way. */
const unused = new Set([
  // Media: all is negotiated at once, and the browser's own events tell what arrives
  'addStream',
  'removeStream',
  'addTrack',
  'removeTrack',
  'replaceTrack',
  '_onTrack',
  '_requestMissingTransceivers',
  // The data channel as a stream with back-pressure: a heartbeat needs none
  'bufferSize',
  '_read',
  '_write',
  '_onFinish',
  '_onInterval',
  '_onChannelBufferedAmountLow',
  // The addresses of both ends, for which `connect` would wait
  'address',
  'getStats',
  '_maybeReady',
  // Giving up, which is for the health of the pair to decide
  '_addIceCandidate',
  '_onConnectionStateChange',
  '_startIceCompleteTimeout',
  '_debug',
]);

/** Takes them out; one that the rest still names stays, and does nothing. Fails when the package has become another one. */
export function trimSimplePeer(code) {
  const output = new MagicString(code);
  const [peer] = parseAst(code).body.filter(({ type }) => type === 'ClassDeclaration');
  const methods = peer.body.body.filter(({ key }) => unused.has(key.name));
  if (methods.length !== unused.size) throw new Error('simple-peer is not the one that is known here.');
  for (const { start, end } of methods) output.remove(start, end);
  const rest = output.toString();
  for (const { key, start } of methods)
    if (rest.includes(`this.${key.name}(`)) output.appendLeft(start, `${key.name} () {}`);
  return { code: output.toString(), map: output.generateMap({ hires: 'boundary' }) };
}

/** The same as a rollup plugin; it goes before the one for CommonJS. */
export const slimSimplePeer = {
  name: 'slim-simple-peer',
  transform: (code, id) => (/[\\/]simple-peer[\\/]index\.js$/.test(id) ? trimSimplePeer(code) : null),
};
