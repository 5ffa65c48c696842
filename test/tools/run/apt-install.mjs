import { spawnSync } from 'node:child_process';

const run = (...args) =>
  spawnSync('apt-get', args, {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeout: 600_000,
  }).status === 0;

/** Installs a package of Debian, where this is Debian and its root; returns whether it is installed. */
export function aptInstall(name) {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  if (spawnSync('apt-get', ['--version']).status !== 0) return false;
  const install = () =>
    run(
      ...['install', '-y', '--no-install-recommends', '-o', 'Dpkg::Options::=--force-confold'],
      // Another process may be installing the same.
      ...['-o', 'DPkg::Lock::Timeout=300', name],
    );
  return install() || (run('update') && install());
}
