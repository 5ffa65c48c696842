// demo/docs/architecture.svg: which folder of src imports which, drawn from the imports. `node test/tools/docs/architecture.mjs` writes
// it, with `--check` it fails when the picture is not what the sources say.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../bootstrap.mjs';
import { codeBelow, importsIn, textOf } from '../checks/source-files.mjs';

const file = join(root, 'demo/docs/architecture.svg');
const box = { width: 132, height: 48, gapX: 28, gapY: 56, margin: 20 };

/** The folder of a file of src; `undefined` for the entries beside the folders. */
const folderOf = (path) => /^src\/([^/]+)\//.exec(path)?.[1];

/** Folder to the set of folders that it imports. */
export function importedFolders() {
  const folders = new Map();
  for (const source of codeBelow('src')) {
    const from = folderOf(source);
    if (!from) continue;
    const targets = folders.get(from) ?? new Set();
    folders.set(from, targets);
    for (const specifier of importsIn(textOf(source))) {
      if (!specifier.startsWith('.')) continue;
      const to = folderOf(posix.join(posix.dirname(source), specifier));
      if (to && to !== from) targets.add(to);
    }
  }
  return folders;
}

/** All folders that a folder imports, also through others. */
function reachable(folders, from, path = []) {
  if (path.includes(from)) throw new Error(`The folders import in a circle: ${[...path, from].join(' > ')}`);
  const targets = [...(folders.get(from) ?? [])];
  return new Set([...targets, ...targets.flatMap((to) => [...reachable(folders, to, [...path, from])])]);
}

/** The row of each folder, from the top: directly below the last one that imports it. */
function rowsOf(folders) {
  const importers = (name) => [...folders].flatMap(([from, targets]) => (targets.has(name) ? [from] : []));
  const fromTop = (name) => Math.max(-1, ...importers(name).map(fromTop)) + 1;
  const row = new Map([...folders.keys()].map((name) => [name, fromTop(name)]));
  // What is not imported is directly above what it imports.
  for (const name of folders.keys())
    if (importers(name).length === 0) row.set(name, Math.min(...[...folders.get(name)].map(fromTop)) - 1);
  return row;
}

/** Without the lines that others imply: `session` imports `domain` anyway where it imports `media`, which does. */
function reduced(folders) {
  const reaches = (from, to) =>
    [...(folders.get(from) ?? [])].some((next) => next === to || reaches(next, to));
  return [...folders].flatMap(([from, targets]) =>
    [...targets]
      .filter((to) => ![...targets].some((other) => other !== to && reaches(other, to)))
      .map((to) => ({ from, to })),
  );
}

/** The picture as it has to be. */
export function freshArchitecture() {
  const folders = importedFolders();
  const reach = new Map([...folders.keys()].map((name) => [name, reachable(folders, name).size]));
  const edges = reduced(folders);
  const rows = [];
  for (const [name, row] of rowsOf(folders)) (rows[row] ??= []).push(name);
  // What imports more is on the right, so that lines pass beside boxes.
  for (const names of rows) names.sort((a, b) => reach.get(a) - reach.get(b) || a.localeCompare(b));
  const step = box.width + box.gapX;
  const width = Math.max(...rows.map(({ length }) => length)) * step - box.gapX + 2 * box.margin;
  const height = rows.length * (box.height + box.gapY) - box.gapY + 2 * box.margin;
  const place = new Map();
  rows.forEach((names, row) => {
    const above = edges
      .filter(({ to }) => names.length === 1 && to === names[0])
      .map(({ from }) => place.get(from));
    const centre =
      above.length > 0 ? above.reduce((sum, { x }) => sum + x, 0) / above.length + box.width / 2 : width / 2;
    const left = centre - (names.length * step - box.gapX) / 2;
    names.forEach((name, at) =>
      place.set(name, { x: Math.round(left + at * step), y: box.margin + row * (box.height + box.gapY) }),
    );
  });
  const lines = edges.map(({ from, to }) => {
    const [a, b] = [place.get(from), place.get(to)];
    const [x1, y1, x2, y2] = [a.x + box.width / 2, a.y + box.height, b.x + box.width / 2, b.y - 4];
    return `<path d="M${x1} ${y1}C${x1} ${y1 + 40} ${x2} ${y2 - 40} ${x2} ${y2}"/>`;
  });
  const boxes = [...place].map(
    ([name, { x, y }]) =>
      `<rect x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="10"/><text x="${x + box.width / 2}" y="${y + 30}">${name}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>Which folder of src imports which</title>
<style>rect{fill:#e3f0ed;stroke:#0e6f66}text{font:600 16px system-ui,sans-serif;text-anchor:middle;fill:#191d20}path{fill:none;stroke:#85898a;stroke-width:1.5;marker-end:url(#tip)}#tip path{fill:#85898a;stroke:none;marker-end:none}@media(prefers-color-scheme:dark){rect{fill:#15302d;stroke:#52c7b7}text{fill:#eceae5}}</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="6" markerHeight="6" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>
${lines.join('\n')}
${boxes.join('\n')}
</svg>
`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const fresh = freshArchitecture();
  if (!process.argv.includes('--check')) writeFileSync(file, fresh);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== fresh) {
    console.error(
      'demo/docs/architecture.svg is not what the imports say: run `npm run docs` and commit it.',
    );
    process.exitCode = 1;
  }
}
