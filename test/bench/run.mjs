// `npm run bench [-- NAME ... --rounds=N]`: how fast a call is, as ratios against a floor and against real competitors, measured in
// the same run. Absolute times mean little. What it compares with is installed into .bench/ at the first run.
// `--write-docs` writes the results, these and the last ones of the others, to demo/docs/benchmarks.md; `--docs-only` does nothing else.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, root } from '../tools/bootstrap.mjs';

const suffix = '.bench.ts';
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(suffix))
  .map((file) => file.slice(0, -suffix.length));
const words = process.argv.slice(2);
const chosen = words.filter((word) => !word.startsWith('--'));
const unknown = chosen.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`No benchmark ${unknown.join(', ')}; there are ${names.join(', ')}.`);
  process.exit(1);
}

ensureInstalled();
ensureBuilt();
ensureCompetitors();
const isAll = chosen.length === 0 && !words.includes('--docs-only');
for (const name of isAll ? names : chosen) {
  const args = [
    '--import',
    'tsx',
    `test/bench/${name}${suffix}`,
    ...words.filter((word) => word.startsWith('--')),
  ];
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) process.exitCode = 1;
}
if (words.includes('--write-docs') || words.includes('--docs-only')) {
  const { writeBenchmarks } = await import('./lib/write-docs.mjs');
  await writeBenchmarks();
}

/** Installs what is compared with, unless it is there in the versions asked for. */
function ensureCompetitors() {
  const wanted = join(import.meta.dirname, 'competitors.json');
  const folder = join(root, '.bench');
  const { dependencies } = JSON.parse(readFileSync(wanted, 'utf8'));
  const isThere = ([name, version]) => {
    const file = join(folder, 'node_modules', name, 'package.json');
    return existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).version === version;
  };
  if (Object.entries(dependencies).every(isThere)) return;
  console.log('Installing what the benchmarks compare with ...');
  mkdirSync(folder, { recursive: true });
  copyFileSync(wanted, join(folder, 'package.json'));
  const { status } = spawnSync(
    'npm',
    ['install', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'],
    {
      cwd: folder,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    },
  );
  if (status !== 0) throw new Error('The competitors could not be installed.');
}
