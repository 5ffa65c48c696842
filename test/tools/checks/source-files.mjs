// The sources as data, for the tests that look after their order.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { root } from '../bootstrap.mjs';

const isSource = (name) => /\.(?:ts|js|mjs)$/.test(name);

/** The code below a folder, as paths from the root of the repository. */
export function codeBelow(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isSource(entry.name))
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'))
    .filter((file) => !file.includes('node_modules/'))
    .sort();
}

export const textOf = (file) => readFileSync(join(root, file), 'utf8');

/** All that a file imports, in whatever way: `import x from`, `import 'x'`, `import type`, `export from`, `import('x')`. */
export function importsIn(text) {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
}

/** The file of ours that a relative import means. */
export function fileOf(importer, specifier) {
  const path = join(dirname(importer), specifier).replaceAll('\\', '/');
  const candidates = [path.replace(/\.js$/, '.ts'), path.replace(/\.js$/, '.d.ts'), path];
  return candidates.find((candidate) => existsSync(join(root, candidate)));
}

/** `@scope/name/part` and `name/part` without the part. */
export const packageOf = (specifier) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

/** Shortcuts around the compiler and the linter that a source takes, with their lines. */
export function shortcutsIn(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = [];
  const note = (what, position) =>
    found.push(`${file}:${source.getLineAndCharacterOfPosition(position).line + 1} ${what}`);
  const visit = (node) => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) note('any', node.getStart());
    if (ts.isNonNullExpression(node)) note('!', node.getStart());
    ts.forEachChild(node, visit);
  };
  visit(source);
  for (const { 0: what, index } of text.matchAll(
    /@ts-(?:ignore|nocheck|expect-error)|eslint-disable|prettier-ignore/g,
  ))
    note(what, index);
  return found;
}
