// Rollup plugins for what is downloaded late. In the script-tag build every module reached by `import()` is a file whose name
// does not depend on its content, so that the UMD build beside it, which is one file, can load the same ones.
import { relative, resolve as resolvePath } from 'node:path';
import { root } from './bootstrap.mjs';

const source = resolvePath(root, 'src');

const lazyName = (id) =>
  relative(source, id)
    .replace(/\.[jt]s$/, '')
    .replaceAll(/[/\\]/g, '-');

/** The locales are also what the package exports as `./locales/*`. */
const fileOf = (id) => {
  const name = lazyName(id);
  return name.startsWith('ui-locales-')
    ? `${name.replace('ui-locales-', 'locales/')}.js`
    : `chunks/${name}.js`;
};

/** Chunks are named after the module they were made for, never after their content. */
export const chunkFileNames = ({ name, facadeModuleId }) =>
  facadeModuleId ? fileOf(facadeModuleId) : `chunks/${name === 'index' ? 'shell' : name}.js`;

/** `import()` of a file that also asks at once for all that this file will ask for: no second wait. */
const importWith = (paths) => ({
  left: `(${paths.map((path) => `import(${JSON.stringify(path)}).catch(()=>{}),`).join('')}import(`,
  right: '))',
});

/** What each lazy module of the script-tag build imports, as files; filled by that build, read by the UMD one. */
const needs = new Map();

export const lazyModulesAreEntries = {
  name: 'lazy-modules-are-entries',
  async resolveDynamicImport(specifier, importer) {
    if (typeof specifier !== 'string') throw new Error(`import() of an expression in ${importer}`);
    const found = await this.resolve(specifier, importer);
    if (!found || found.external) return null;
    this.emitFile({
      type: 'chunk',
      id: found.id,
      fileName: fileOf(found.id),
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
    return importWith(missing.map(({ resolvedImportPath }) => resolvedImportPath.slice(1, -1)));
  },
};

export const lazyModulesAreBeside = {
  name: 'lazy-modules-are-beside',
  async resolveDynamicImport(specifier, importer) {
    const found = await this.resolve(specifier, importer);
    return found ? { id: `./${fileOf(found.id)}`, external: true } : null;
  },
  renderDynamicImport({ targetModuleId }) {
    const id = [...needs.keys()].find((each) => `./${fileOf(each)}` === targetModuleId);
    return importWith((needs.get(id) ?? []).map((file) => `./${file}`));
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
