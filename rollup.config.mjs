// Four builds of one source: for bundlers (ESM), for script tags (ESM and UMD), and the server for Node.
import { existsSync } from 'node:fs';
import { resolve as resolvePath } from 'node:path';
import alias from '@rollup/plugin-alias';
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { transform } from 'esbuild';
import esbuild, { minify as esbuildMinify } from 'rollup-plugin-esbuild';
import {
  cdnChunkFileNames,
  chunkFileNames,
  chunkFileNamesOf,
  lazyModulesAreBeside,
  lazyModulesAreEntries,
  partOf,
  umdEntry,
  withAddresses,
} from './test/tools/build/lazy-modules.mjs';
import { minifyTemplates } from './test/tools/build/minify-templates.mjs';
import { plainClasses, plainProperties } from './test/tools/build/plain-classes.mjs';
import { simplePeerAliases, slimSimplePeer } from './test/tools/build/simple-peer-slim.mjs';
import { preamble, thirdPartyNotices } from './test/tools/build/third-party-notices.mjs';
import { valibotAlias } from './test/tools/build/valibot-slim.mjs';

const root = import.meta.dirname;
const compile = esbuild({
  target: 'es2022',
  charset: 'utf8',
  tsconfig: resolvePath(root, 'tsconfig.json'),
  sourceMap: true,
});
const browserPlugins = [
  alias({ entries: [...simplePeerAliases, valibotAlias] }),
  resolve({
    browser: true,
    preferBuiltins: false,
    // What package.json says of side effects is said of dist.
    ignoreSideEffectsForRoot: true,
    exportConditions: ['browser', 'production'],
    extensions: ['.ts', '.mjs', '.js'],
  }),
  slimSimplePeer,
  plainClasses,
  compile,
  plainProperties,
  minifyTemplates(),
];
const serverPlugins = [resolve({ preferBuiltins: true, extensions: ['.ts', '.mjs', '.js'] }), compile];

/** One after the other they save more than each alone. */
const minify = (module) => [
  shortNamesOfSimplePeer,
  esbuildMinify({ target: 'es2022', legalComments: 'none' }),
  terser({
    ecma: 2022,
    module,
    // `x === 1` as everybody writes it: what repeats is what gzip saves.
    compress: {
      passes: 4,
      lhs_constants: false,
      pure_getters: true,
      unsafe_arrows: true,
      // Not unsafe_methods: LiveKit constructs its messages by functions that would become methods, without a prototype.
    },
    format: { comments: false, preamble },
  }),
];

/** Its private members begin with `_`, and only the chunk it is in names them. */
const shortNamesOfSimplePeer = {
  name: 'short-names-of-simple-peer',
  renderChunk: async (code, { moduleIds }) =>
    moduleIds.some((id) => id.includes('simple-peer'))
      ? transform(code, { mangleProps: /^_[a-z]/, sourcemap: true, target: 'es2022' })
      : null,
};

/** A warning of the bundler is a mistake of ours: an unresolved import, a cycle, a lost `this`. */
const onwarn = (warning) => {
  throw new Error(`${warning.code}: ${warning.message}`);
};

/** Only the entries that exist. */
const entries = (wanted) =>
  Object.fromEntries(Object.entries(wanted).filter(([, file]) => existsSync(resolvePath(root, file))));

/** Lit's templates do nothing until they are drawn: unused ones (icons, say) may go. */
const treeshake = { manualPureFunctions: ['svg', 'html', 'css'] };

const esm = {
  format: 'es',
  sourcemap: true,
  entryFileNames: '[name].js',
  chunkFileNames,
};
/** Where the files of the processors are, as seen from the chunks of a bundle. */
const processorsAt = (path) => ({
  name: 'processors-at',
  transform: (code, id) =>
    /(processor|encryption)-assets\.ts$/.test(id)
      ? { code: code.replaceAll('../../../dist/cdn/processors/', path), map: null }
      : null,
});
const browser = entries({ 'cometchat-call': 'src/index.ts', chat: 'src/chat.ts', phone: 'src/phone.ts' });
// The tags alone, and the tags with the SDK, which share their file.
const cdn = entries({ 'cometchat-call-element.min': 'src/tag.ts', 'cometchat-call.min': 'src/index.ts' });
// On its own: a chunk shared by both would be one more file to wait for on every page that has no use for ringing.
const cdnChat = entries({ 'chat.min': 'src/chat.ts' });
const cdnPhone = entries({ 'phone.min': 'src/phone.ts' });
const server = entries({
  'server/index': 'src/server/index.ts',
  'server/cli': 'src/server/cli.ts',
  // A thread's script is looked for beside the chunk that starts it.
  'server/chunks/history-worker': 'src/server/history/history-worker.ts',
});
const some = (input) => Object.keys(input).length > 0;

export default [
  some(server) && {
    input: server,
    external: (id) => !/^[./]/.test(id) && !id.startsWith(root),
    plugins: serverPlugins,
    onwarn,
    treeshake,
    output: { dir: 'dist', ...esm, chunkFileNames: (chunk) => `server/${chunkFileNames(chunk)}` },
  },
  some(browser) && {
    input: browser,
    external: [/^lit($|\/)/, /^@lit\//],
    plugins: [processorsAt('../cdn/processors/'), ...browserPlugins, thirdPartyNotices],
    onwarn,
    treeshake,
    output: { dir: 'dist', ...esm },
  },
  some(cdn) && {
    input: cdn,
    // The entry only names what is in the folder of the build: a page may ask for it by any address, such as `?v=2`.
    preserveEntrySignatures: 'strict',
    plugins: [
      withAddresses('../../'),
      processorsAt('../../processors/'),
      ...browserPlugins,
      lazyModulesAreEntries,
      minify(true),
      thirdPartyNotices,
    ],
    onwarn,
    treeshake,
    output: {
      dir: 'dist/cdn',
      ...esm,
      chunkFileNames: cdnChunkFileNames,
      manualChunks: partOf,
      onlyExplicitManualChunks: true,
    },
  },
  ...[cdnChat, cdnPhone].filter(some).map((input) => ({
    input,
    plugins: [...browserPlugins, minify(true)],
    onwarn,
    treeshake,
    output: { dir: 'dist/cdn', ...esm, chunkFileNames: chunkFileNamesOf(Object.keys(input)[0]) },
  })),
  existsSync(resolvePath(root, 'src/index.ts')) && {
    input: 'umd-entry',
    plugins: [umdEntry, withAddresses('./'), lazyModulesAreBeside, ...browserPlugins, minify(false)],
    onwarn,
    treeshake,
    output: {
      file: 'dist/cdn/cometchat-call.umd.cjs',
      format: 'umd',
      name: 'CometChatCalls',
      exports: 'default',
      sourcemap: true,
    },
  },
].filter(Boolean);
