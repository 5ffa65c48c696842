// `npm run release:check`: what must be true of a commit before it is published. It clones the commit, so that nothing counts that
// only this working copy has, packs it as `npm publish` does, and runs all tests in the clone.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../bootstrap.mjs';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const folder = mkdtempSync(join(tmpdir(), 'cometchat-call-release-'));
const clone = join(folder, 'clone');

function run(title, command, args, cwd = clone) {
  console.log(`\n=== ${title} ===`);
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit', shell: command.endsWith('.cmd') });
  if (status !== 0) throw new Error(`${title} failed`);
}

function checkVersion() {
  const { name, version } = JSON.parse(readFileSync(join(clone, 'package.json'), 'utf8'));
  const changelog = readFileSync(join(clone, 'CHANGELOG.md'), 'utf8');
  if (!changelog.includes(`## [${version}]`) && !changelog.includes(`## ${version}`))
    throw new Error(`CHANGELOG.md has no section for ${version}`);
  return `${name}-${version}.tgz`;
}

try {
  run('clone', 'git', ['clone', '--quiet', root, clone], folder);
  const tarball = checkVersion();
  run('install', npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  run('pack', npm, ['pack', '--pack-destination', folder]);
  if (!existsSync(join(folder, tarball))) throw new Error(`${tarball} was not made`);
  if (!process.argv.includes('--no-tests')) run('tests', npm, ['test']);
  console.log(`\n${tarball} may be published.`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
