// Rollup plugins for what is downloaded late. In the script-tag build every module reached by `import()` is a file whose name
// does not depend on its content, so that the UMD build beside it, which is one file, can load the same ones.
// What it depends on is the build: each has its folder, so that a file kept in a cache never meets one of another build.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { relative, resolve as resolvePath } from 'node:path';
import { root } from '../bootstrap.mjs';

const source = resolvePath(root, 'src');

const lazyName = (id) =>
  relative(source, id)
    .replace(/\.[jt]s$/, '')
    .replaceAll(/[/\\]/g, '-');

/** Of all that the files of a build are made of. */
function fingerprint() {
  const hash = createHash('sha256');
  const code = ['src', 'test/tools'].flatMap((folder) =>
    readdirSync(resolvePath(root, folder), { recursive: true }).map((name) => `${folder}/${name}`),
  );
  const inputs = code.filter((file) => /\.(ts|mjs)$/.test(file));
  for (const file of [...inputs, 'rollup.config.mjs', 'package-lock.json'].sort())
    hash.update(file).update(readFileSync(resolvePath(root, file)));
  return hash.digest('hex').slice(0, 12);
}

/** The folder in `dist/cdn` that holds what is downloaded late. */
export const buildFolder = fingerprint();

const inBuildFolder = (file) => `${buildFolder}/${file}`;

/** The locales are also what the package exports as `../locales/*`. */
const fileOf = (id) => {
  const name = lazyName(id);
  return name.startsWith('ui-i18n-locales-')
    ? `${name.replace('ui-i18n-locales-', 'locales/')}.js`
    : `chunks/${name}.js`;
};

/** Chunks are named after the module they were made for, never after their content. */
export const chunkFileNames = ({ name, facadeModuleId }) =>
  facadeModuleId ? fileOf(facadeModuleId) : `chunks/${name}.js`;

export const cdnChunkFileNames = (chunk) => inBuildFolder(chunkFileNames(chunk));

/** Of an entry that is built on its own: its chunks are not those of the others. */
export const chunkFileNamesOf = (entry) => (chunk) => inBuildFolder(`${entry}/${chunkFileNames(chunk)}`);

/** A module and all that it imports at its start. */
function staticImports(id, getModuleInfo) {
  const found = new Set([id]);
  for (const each of found)
    for (const imported of getModuleInfo(each)?.importedIds ?? []) found.add(imported);
  return found;
}

/** Files of the page and of every call, and what each is made for. A module is in the first that needs it. */
const parts = {
  shell: 'tag.ts',
  sdk: 'index.ts',
  'element-call-call-runtime': 'element/call/call-runtime.ts',
};

/**
 * For `manualChunks`: left to itself, rollup makes a file of its own of what the call shares with something that most calls
 * never load.
 */
export const partOf = (id, { getModuleInfo }) =>
  Object.keys(parts).find((name) => staticImports(resolvePath(source, parts[name]), getModuleInfo).has(id));

/**
 * `import()` of a file that also asks at once for all that this file will ask for: no second wait. With a second address
 * (`withAddress`) it asks for `file` there.
 */
const importWith = (file, paths) => ({
  left: `(address?import(address+${JSON.stringify(file)}):(${paths.map((path) => `import(${JSON.stringify(path)}).catch(()=>{}),`).join('')}import(`,
  right: ')))',
});

/**
 * Gives `() => import(…)` the parameter that `importWith` uses, and `secondAddress` the addresses: those of the build's folder with
 * some of its letters escaped. Servers take them for the same, browsers for others, and what is imported there imports its own
 * imports from there: modules that failed once are left behind (Firefox never asks for them again).
 */
export const withAddresses = (base) => ({
  name: 'with-addresses',
  transform(code, id) {
    if (!id.startsWith(source)) return null;
    if (id.endsWith('second-address.ts'))
      return {
        code: `let count = 0;
          export function secondAddress() {
            count += 1;
            const escaped = ${JSON.stringify(buildFolder)}.replace(/./g, (letter, at) =>
              (count >> at) & 1 ? '%' + letter.charCodeAt(0).toString(16) : letter);
            return new URL(${JSON.stringify(base)} + escaped + '/', import.meta.url).href;
          }`,
        map: null,
      };
    const late = code.replaceAll('() => import(', '(address) => import(');
    if (/(?<!\(address\) => )\bimport\(['"]/.test(late)) throw new Error(`${id}: import() without loadChunk`);
    return late === code ? null : { code: late, map: null };
  },
});

/** What each lazy module of the script-tag build imports, as files; filled by that build, read by the UMD one. */
const needs = new Map();

/** Of this build. */
const entries = new Set();

export const lazyModulesAreEntries = {
  name: 'lazy-modules-are-entries',
  buildStart: () => entries.clear(),
  async resolveDynamicImport(specifier, importer) {
    if (typeof specifier !== 'string') throw new Error(`import() of an expression in ${importer}`);
    const found = await this.resolve(specifier, importer);
    if (!found || found.external || entries.has(found.id)) return found;
    entries.add(found.id);
    this.emitFile({
      type: 'chunk',
      id: found.id,
      fileName: inBuildFolder(fileOf(found.id)),
      preserveSignature: 'allow-extension',
      implicitlyLoadedAfterOneOf: [importer],
    });
    return found;
  },
  renderDynamicImport({ chunk, targetModuleId, getTargetChunkImports }) {
    const imports = (getTargetChunkImports() ?? []).filter(({ type }) => type === 'internal');
    if (targetModuleId === null) return null;
    needs.set(
      targetModuleId,
      imports.map(({ fileName }) => fileName),
    );
    // What is there already need not be asked for.
    const missing = imports.filter(
      ({ fileName, chunk: each }) => fileName !== chunk.fileName && !each.isEntry,
    );
    return importWith(
      fileOf(targetModuleId),
      missing.map(({ resolvedImportPath }) => resolvedImportPath.slice(1, -1)),
    );
  },
};

const besideUmd = (id) => `./${inBuildFolder(fileOf(id))}`;

export const lazyModulesAreBeside = {
  name: 'lazy-modules-are-beside',
  async resolveDynamicImport(specifier, importer) {
    const found = await this.resolve(specifier, importer);
    return found ? { id: besideUmd(found.id), external: true } : null;
  },
  renderDynamicImport({ targetModuleId }) {
    const id = [...needs.keys()].find((each) => besideUmd(each) === targetModuleId);
    return importWith(
      fileOf(id),
      (needs.get(id) ?? []).map((file) => `./${file}`),
    );
  },
};

/** Makes the global (and what `require()` gives) `CometChatCalls` itself, with every other export on it as well. */
export const umdEntry = {
  name: 'umd-entry',
  resolveId: (id) => (id === 'umd-entry' ? id : null),
  load: (id) =>
    id === 'umd-entry'
      ? `import * as exported from ${JSON.stringify(resolvePath(source, 'index.ts'))};
         const api = exported.CometChatCalls;
         for (const [name, value] of Object.entries(exported)) if (!(name in api)) api[name] = value;
         export default api;`
      : null,
};
