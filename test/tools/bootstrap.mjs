// Makes a fresh checkout usable. It runs before anything is installed, so it may import nothing but Node itself.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');

const age = (file) => (existsSync(join(root, file)) ? statSync(join(root, file)).mtimeMs : 0);

/** The newest change below a file or folder. */
function newest(file) {
  const path = join(root, file);
  if (!existsSync(path)) return 0;
  if (!statSync(path).isDirectory()) return statSync(path).mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(file, name))));
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error) throw new Error(`${command} could not be started: ${error.message}`);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed (${status})`);
}

const packagesOf = (file) => {
  const path = join(root, file);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};
};

/** Whether what is installed is what the lock file says; what this platform has no use for may be missing. */
function isInstalled() {
  const installed = packagesOf('node_modules/.package-lock.json');
  return Object.entries(packagesOf('package-lock.json')).every(
    ([path, { version, optional }]) =>
      path === '' || installed[path]?.version === version || (optional && !installed[path]),
  );
}

/** `npm ci`, when nothing is installed or something else than the lock file says. */
export function ensureInstalled() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    throw new Error(`Node 20.19 or newer is needed; this is ${process.version}.`);
  if (isInstalled()) return;
  console.log('Installing the dependencies (npm ci) ...');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}

/** Builds the bundles, when the sources are newer than they are. */
export function ensureBuilt() {
  const sources = [
    'src',
    'demo/docs',
    'rollup.config.mjs',
    'package.json',
    'tsconfig.json',
    'test/tools/build.mjs',
  ];
  if (age('dist/.built') > Math.max(...sources.map(newest))) return;
  console.log('Building ...');
  run(process.execPath, [join(root, 'test/tools/build.mjs'), '--bundles']);
}
