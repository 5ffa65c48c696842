// The projects in demo/examples, set up as an integrator does it: their packages from the lock file, and this package from the
// tarball that `npm pack` makes.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../bootstrap.mjs';

/** The folder of the examples. */
export const examples = join(root, 'demo/examples');

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** Runs a command in a folder; throws with what it printed if it fails. */
export function run(command, args, { cwd = examples, env = {} } = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    shell: command.endsWith('.cmd'),
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}:\n${stdout}${stderr}`);
  return stdout + stderr;
}

/** Runs the script of a package of the examples. */
export const runTool = (script, ...args) =>
  run(process.execPath, [join(examples, 'node_modules', script), ...args]);

/** Packs what was built into a folder; returns the tarball's path. */
export function packTo(folder) {
  run(npm, ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: root });
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return join(folder, `${name}-${version}.tgz`);
}

/** Projects with an installation of their own, as their frameworks want it. */
const ownProjects = {
  angular: ['node_modules/@angular/cli/bin/ng.js', 'build'],
};

const digest = (...texts) =>
  texts.reduce((hash, text) => hash.update(text), createHash('sha256')).digest('hex');
const textOf = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** Installs what is missing or has changed; returns the digest of all that is installed. */
export function prepareExamples(project = examples) {
  const stampFile = join(project, 'node_modules/.examples-stamp');
  const folder = mkdtempSync(join(tmpdir(), 'cometchat-call-pack-'));
  try {
    const tarball = packTo(folder);
    const [lock, packed] = [join(project, 'package-lock.json'), tarball].map((file) =>
      digest(readFileSync(file)),
    );
    const [knownLock, knownPacked] = textOf(stampFile).split(' ');
    if (lock === knownLock && packed === knownPacked) return `${lock} ${packed}`;
    const [cwd, quiet] = [project, ['--no-audit', '--no-fund', '--loglevel=error']];
    if (lock !== knownLock) run(npm, ['ci', ...quiet], { cwd });
    run(npm, ['install', '--no-save', '--no-package-lock', ...quiet, tarball], { cwd });
    writeFileSync(stampFile, `${lock} ${packed}`);
    return `${lock} ${packed}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Installs and builds the examples into `demo/examples/dist`. */
export function buildExamples() {
  prepareExamples();
  return runTool('vite/bin/vite.js', 'build', '--logLevel', 'warn');
}

const builtNames = new Set(['node_modules', 'dist', '.angular']);

/** Every file that somebody wrote. */
const sourcesOf = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !builtNames.has(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? sourcesOf(path) : [path];
    });

/** Installs and builds a project of its own, unless nothing has changed; returns what the build said. */
export function buildProject(name) {
  const project = join(examples, name);
  const sources = [...sourcesOf(project), ...sourcesOf(join(examples, 'shared'))];
  const installed = prepareExamples(project);
  const stampFile = join(project, 'node_modules/.build-stamp');
  const stamp = digest(installed, ...sources.map((file) => readFileSync(file)));
  const [known, ...said] = textOf(stampFile).split('\n');
  if (known === stamp) return said.join('\n');
  const env = { NO_COLOR: '1', NG_CLI_ANALYTICS: 'false' };
  const output = run(process.execPath, ownProjects[name], { cwd: project, env });
  writeFileSync(stampFile, `${stamp}\n${output}`);
  return output;
}
