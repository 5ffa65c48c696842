// `npm run build`: the bundles, the typings, and what is made from the manifest. `--bundles` leaves it at
// what the demo shows: the bundles and the documentation.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, root } from './bootstrap.mjs';

ensureInstalled();
// Only what is installed can be imported.
const { writeProcessorFiles } = await import('./build/processor-files.mjs');

const dist = join(root, 'dist');
const started = Date.now();

/** Runs a script of an installed package, or of ours. */
function step(title, script, ...args) {
  const from = Date.now();
  const { status } = spawnSync(process.execPath, [join(root, script), ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  console.log(`${title}: ${status === 0 ? 'done' : 'FAILED'} (${((Date.now() - from) / 1000).toFixed(1)} s)`);
  if (status !== 0) process.exit(1);
}

/** A running server may be reading dist, so it is never emptied: only what this build did not write goes. */
function removeOlder(folder, time) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) removeOlder(path, time);
    else if (statSync(path).mtimeMs < time) rmSync(path);
  }
}

/** What `require()` of the UMD file gives: `CometChatCalls`, with every other export on it. */
const umdTypings = `type All = typeof import('./index.js', { with: { 'resolution-mode': 'import' } });
declare const api: All['CometChatCalls'] & All;
export = api;
`;

/** Subresource Integrity of every script of a folder, as JSON: path to `sha384-…`. */
function integrityOf(folder) {
  const scripts = readdirSync(folder, { recursive: true })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /\.c?js$/.test(name))
    .sort();
  const hash = (name) =>
    createHash('sha384')
      .update(readFileSync(join(folder, name)))
      .digest('base64');
  return `${JSON.stringify(Object.fromEntries(scripts.map((name) => [name, `sha384-${hash(name)}`])), null, 2)}\n`;
}

await writeProcessorFiles(join(dist, 'cdn/processors'));

const bundlesOnly = process.argv.includes('--bundles');

step('bundles', 'node_modules/rollup/dist/bin/rollup', '-c', '--silent');
const cli = join(dist, 'server/cli.js');
if (existsSync(cli)) chmodSync(cli, 0o755);
step('documentation', 'test/tools/docs/site.mjs');
cpSync(join(root, 'src/server/demo-page'), join(dist, 'server/demo-page'), { recursive: true });

if (!bundlesOnly) {
  const tsc = 'node_modules/typescript/bin/tsc';
  const emit = '--noEmit false --emitDeclarationOnly --declaration --rootDir src --outDir dist/types'.split(
    ' ',
  );
  // The server's typings first: what both sides share is then written as the browser sees it.
  if (existsSync(join(root, 'src/server')))
    step('server typings', tsc, '-p', 'test/tools/tsconfig.server.json', ...emit);
  step('typings', tsc, '-p', 'test/tools/tsconfig.build.json');
  writeFileSync(join(dist, 'types/index.d.cts'), umdTypings);
  step('editor and framework typings', 'test/tools/manifest/manifest.mjs', '--dist');
  removeOlder(dist, started - 2000);
}

mkdirSync(dist, { recursive: true });
// Servers that do not know `.cjs` send it as a type that browsers refuse to run.
for (const ending of ['', '.map'])
  copyFileSync(
    join(dist, `cdn/cometchat-call.umd.cjs${ending}`),
    join(dist, `cdn/cometchat-call.umd.js${ending}`),
  );
writeFileSync(join(dist, 'cdn/integrity.json'), integrityOf(join(dist, 'cdn')));
writeFileSync(join(dist, '.built'), '');
