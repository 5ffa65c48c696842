// Four builds of one source: for bundlers (ESM), for script tags (ESM and UMD), and the server for Node.
import { existsSync } from 'node:fs';
import { relative, resolve as resolvePath } from 'node:path';
import alias from '@rollup/plugin-alias';
import commonjs from '@rollup/plugin-commonjs';
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import esbuild from 'rollup-plugin-esbuild';
import { minifyTemplates } from './test/tools/minify-templates.mjs';
import { cjsPackages, simplePeerAliases } from './test/tools/simple-peer-slim.mjs';

const root = import.meta.dirname;
const compile = esbuild({ target: 'es2022', tsconfig: resolvePath(root, 'tsconfig.json'), sourceMap: true });
const browserPlugins = [
  alias({ entries: simplePeerAliases }),
  resolve({
    browser: true,
    preferBuiltins: false,
    exportConditions: ['browser', 'production'],
    extensions: ['.ts', '.mjs', '.js'],
  }),
  commonjs({ include: cjsPackages }),
  compile,
  minifyTemplates(),
];
const serverPlugins = [resolve({ preferBuiltins: true, extensions: ['.ts', '.mjs', '.js'] }), compile];
const minify = (module) =>
  terser({ ecma: 2022, module, compress: { passes: 2 }, format: { comments: /@license|^!/ } });

/** A warning of the bundler is a mistake of ours: an unresolved import, a cycle, a lost `this`. */
const onwarn = (warning) => {
  throw new Error(`${warning.code}: ${warning.message}`);
};

/** Only the entries that exist. */
const entries = (wanted) =>
  Object.fromEntries(Object.entries(wanted).filter(([, file]) => existsSync(resolvePath(root, file))));

const lazyName = (id) =>
  relative(resolvePath(root, 'src'), id)
    .replace(/\.[jt]s$/, '')
    .replaceAll(/[/\\]/g, '-');

/** Chunks are named after the module they were made for, never after their content. */
const chunkFileNames = ({ name, facadeModuleId }) =>
  `chunks/${facadeModuleId ? lazyName(facadeModuleId) : name}.js`;

/**
 * In the script-tag build every module reached by `import()` is an entry of its own with a name that does not depend on its
 * content, so that the UMD build can load it too.
 */
const lazyModulesAreEntries = (loadedBefore) => ({
  name: 'lazy-modules-are-entries',
  async resolveDynamicImport(specifier, importer) {
    if (typeof specifier !== 'string') throw new Error(`import() of an expression in ${importer}`);
    const found = await this.resolve(specifier, importer);
    if (!found || found.external) return null;
    this.emitFile({
      type: 'chunk',
      id: found.id,
      fileName: `chunks/${lazyName(found.id)}.js`,
      preserveSignature: 'allow-extension',
      implicitlyLoadedAfterOneOf: loadedBefore.map((file) => resolvePath(root, file)),
    });
    return found;
  },
});

/** The UMD build is one file: what it loads lazily are the ESM files beside it. */
const lazyModulesAreBeside = {
  name: 'lazy-modules-are-beside',
  async resolveDynamicImport(specifier, importer) {
    const found = await this.resolve(specifier, importer);
    return found ? { id: `./chunks/${lazyName(found.id)}.js`, external: true } : null;
  },
};

/** Makes the global (and what `require()` gives) `CometChatCalls` itself, with every other export on it as well. */
const umdEntry = {
  name: 'umd-entry',
  resolveId: (id) => (id === 'umd-entry' ? id : null),
  load: (id) =>
    id === 'umd-entry'
      ? `import * as exported from ${JSON.stringify(resolvePath(root, 'src/index.ts'))};
         const api = exported.CometChatCalls;
         for (const [name, value] of Object.entries(exported)) if (!(name in api)) api[name] = value;
         export default api;`
      : null,
};

/** Lit's templates do nothing until they are drawn: unused ones (icons, say) may go. */
const treeshake = { manualPureFunctions: ['svg', 'html', 'css'] };

const esm = {
  format: 'es',
  sourcemap: true,
  entryFileNames: '[name].js',
  chunkFileNames: 'chunks/[name].js',
};
const browser = entries({ 'cometchat-call': 'src/index.ts', chat: 'src/chat.ts' });
const cdn = entries({ 'cometchat-call.min': 'src/index.ts', 'chat.min': 'src/chat.ts' });
const server = entries({ 'server/index': 'src/server/index.ts', 'server/cli': 'src/server/cli.ts' });
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
    plugins: browserPlugins,
    onwarn,
    treeshake,
    output: { dir: 'dist', ...esm },
  },
  some(cdn) && {
    input: cdn,
    preserveEntrySignatures: 'allow-extension',
    plugins: [...browserPlugins, lazyModulesAreEntries(Object.values(cdn)), minify(true)],
    onwarn,
    treeshake,
    output: { dir: 'dist/cdn', ...esm },
  },
  existsSync(resolvePath(root, 'src/index.ts')) && {
    input: 'umd-entry',
    plugins: [umdEntry, lazyModulesAreBeside, ...browserPlugins, minify(false)],
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
