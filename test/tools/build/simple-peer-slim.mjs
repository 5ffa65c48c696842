// simple-peer was written for Node's streams and modules. Its Node-style dependencies are replaced by small ones of our own, in the
// build and in the tests alike: 28 kB become 6 kB gzip, and no `process`, `global` or `Buffer` is asked of the page. What the
// mesh never calls is left out of the class itself, in both: that makes them 4 kB.
import { fileURLToPath } from 'node:url';
import MagicString from 'magic-string';
import { parseAst } from 'rollup/parseAst';

const shims = {
  'readable-stream': 'duplex',
  buffer: 'buffer',
  randombytes: 'random-bytes',
  'err-code': 'err-code',
  'get-browser-rtc': 'get-browser-rtc',
  'queue-microtask': 'queue-microtask',
};

const shimFolder = new URL('../../../src/transports/mesh/shims/', import.meta.url);

/** Entries for @rollup/plugin-alias. */
export const simplePeerAliases = Object.entries(shims).map(([find, file]) => ({
  find,
  replacement: fileURLToPath(new URL(`${file}.js`, shimFolder)),
}));

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
  // Negotiating more than once, and a turn later than could be
  'negotiate',
  '_needsNegotiation',
  // Creating a description apart from setting it
  '_createOffer',
  '_createAnswer',
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

/** How the file says what it needs and gives, and how a module says it. */
const moduleSyntax = [
  [/^const debug = require\('debug'\).*$/m, ''],
  [/^const (?!debug )(\{ \w+ \}|\w+) = require\(('[\w-]+')\)/gm, 'import $1 from $2'],
  [/^module\.exports = /m, 'export default '],
];

/**
 * Makes a module of simple-peer's file, without those methods and what they would tell a log. A method that the rest still
 * names stays, and does nothing. Fails when the package has become another one.
 */
export function trimSimplePeer(code) {
  const output = new MagicString(code);
  const program = parseAst(code);
  const peer = program.body.find(({ type }) => type === 'ClassDeclaration');
  const methods = peer.body.body.filter(({ key }) => unused.has(key.name));
  if (methods.length !== unused.size) throw new Error('simple-peer is not the one that is known here.');
  for (const { start, end } of methods) output.remove(start, end);
  removeCalls('_debug', peer, output);
  const rest = output.toString();
  for (const { key, start } of methods)
    if (rest.includes(`this.${key.name}(`)) output.appendLeft(start, `${key.name} () {}`);
  for (const [from, to] of moduleSyntax) output.replace(from, to);
  if (/\brequire\(|\bmodule\./.test(output.toString()))
    throw new Error('simple-peer asks for something new.');
  return { code: output.toString(), map: output.generateMap({ hires: 'boundary' }) };
}

/** Statements that are a call of that method of `this`, and nothing else. */
function removeCalls(method, node, output) {
  if (Array.isArray(node)) return node.forEach((each) => removeCalls(method, each, output));
  if (!node || typeof node !== 'object') return undefined;
  const { callee } = node.type === 'ExpressionStatement' ? node.expression : {};
  if (callee?.object?.type === 'ThisExpression' && callee.property.name === method)
    return output.remove(node.start, node.end);
  return Object.values(node).forEach((each) => removeCalls(method, each, output));
}

/** The same as a rollup plugin. */
export const slimSimplePeer = {
  name: 'slim-simple-peer',
  transform: (code, id) => (/[\\/]simple-peer[\\/]index\.js$/.test(id) ? trimSimplePeer(code) : null),
};
