// Starts a PostgreSQL of its own for tests and benchmarks: on the loopback address, as an unprivileged user, in a
// temporary folder. Binaries: PATH, Debian's /usr/lib/postgresql, apt-get (as root; NO_POSTGRES_DOWNLOAD=1 stops before it).
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setPriority, tmpdir } from 'node:os';
import path from 'node:path';
import { aptInstall } from '../apt-install.mjs';

const log = (...words) => console.error('[ensure-postgres]', ...words);
const isRoot = process.getuid?.() === 0;

function installed() {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...(process.env.PATH ?? '').split(path.delimiter),
    ...versions.map((version) => path.join(debian, version, 'bin')),
  ];
  return folders.find((folder) => folder !== '' && existsSync(path.join(folder, 'initdb')));
}

function aptGet() {
  if (process.platform !== 'linux' || !isRoot || process.env.NO_POSTGRES_DOWNLOAD === '1') return undefined;
  withoutService();
  aptInstall('postgresql');
  return installed();
}

/** Debian's package creates a cluster of its own, and starts it as a service, unless this file says otherwise. */
function withoutService() {
  const file = '/etc/postgresql-common/createcluster.conf';
  if (existsSync(file)) return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, 'create_main_cluster = false\n');
}

/** The folder of PostgreSQL's programs, installed if need be; `undefined`: there are none to be had. */
export function ensurePostgres() {
  return installed() ?? aptGet();
}

/** PostgreSQL refuses to run as root. */
function unprivileged() {
  if (!isRoot) return {};
  for (const name of ['postgres', 'nobody']) {
    const id = (flag) => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout);
    const [uid, gid] = [id('-u'), id('-g')];
    if (uid > 0) return { uid, gid };
  }
  return {};
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * `{ url, stop }`, or `undefined`, with a warning, when there is no PostgreSQL; with CI set that is an error.
 * `niceness`: the higher it is, the more PostgreSQL leaves the processors to others.
 */
export async function startPostgres({ niceness = 0 } = {}) {
  const bin = ensurePostgres();
  if (!bin) {
    const missing = 'NO POSTGRESQL: nothing is tested with it (Debian: sudo apt-get install postgresql)';
    if (['1', 'true'].includes(process.env.CI ?? ''))
      throw new Error(`${missing}. With CI set, this is a failure.`);
    log(`${'!'.repeat(20)} ${missing} ${'!'.repeat(20)}`);
    return undefined;
  }
  const user = unprivileged();
  const folder = mkdtempSync(path.join(tmpdir(), 'cometchat-call-postgres-'));
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = path.join(folder, 'data');
  const made = spawnSync(
    path.join(bin, 'initdb'),
    ['-D', data, '-U', 'calls', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...user, cwd: folder, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const port = await freePort();
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
  const server = spawn(
    path.join(bin, 'postgres'),
    ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
    { ...user, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  // Before it starts processes of its own, which inherit it.
  if (niceness !== 0 && server.pid !== undefined) setPriority(server.pid, niceness);
  const ended = new Promise((resolve) => server.once('exit', resolve));
  // Also when the tests are interrupted.
  const kill = () => server.kill('SIGQUIT');
  process.once('exit', kill);
  await ready(server);
  return {
    url: `postgres://calls@127.0.0.1:${port}/postgres`,
    stop: async () => {
      process.removeListener('exit', kill);
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function ready(server) {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => reject(new Error(`PostgreSQL did not start: ${output}`)), 60_000);
    server.stderr.on('data', (chunk) => {
      output = (output + chunk).slice(-4000);
      if (!output.includes('ready to accept connections')) return;
      clearTimeout(timer);
      resolve();
    });
    server.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`PostgreSQL ended (${code}): ${output}`));
    });
  });
}
