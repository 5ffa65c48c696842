// Starts a Redis of its own for tests: on the loopback address, on a free port. Binary: PATH, apt-get (as root;
// NO_REDIS_DOWNLOAD=1 stops before it).
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const log = (...words) => console.error('[ensure-redis]', ...words);

function installed() {
  return spawnSync('redis-server', ['--version']).status === 0;
}

function aptGet() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || process.env.NO_REDIS_DOWNLOAD === '1')
    return;
  if (spawnSync('apt-get', ['--version']).status !== 0) return;
  const run = (...args) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      timeout: 600_000,
    }).status === 0;
  const install = () =>
    run(
      ...['install', '-y', '--no-install-recommends', '-o', 'Dpkg::Options::=--force-confold'],
      // Another process may be installing the same.
      ...['-o', 'DPkg::Lock::Timeout=300', 'redis-server'],
    );
  if (!install() && run('update')) install();
}

/** Whether there is a Redis, installed if need be. */
export function ensureRedis() {
  if (!installed()) aptGet();
  return installed();
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

/** Resolves once the server answers. */
async function ready(port, isRunning) {
  for (;;) {
    if (!isRunning()) throw new Error('Redis ended before it answered.');
    const answer = await new Promise((resolve) => {
      const socket = createConnection({ port, host: '127.0.0.1' });
      socket.on('connect', () => socket.write('PING\r\n'));
      socket.on('data', (chunk) => {
        socket.destroy();
        resolve(chunk.toString());
      });
      socket.on('error', () => setTimeout(resolve, 20, ''));
    });
    if (answer.startsWith('+PONG')) return;
  }
}

/**
 * `{ url, port, start, kill, signal, stop }`, or `undefined`, said loudly, when there is no Redis to be had; with CI set that is
 * an error. `keepsData`: what was written is there again after `kill` and `start`.
 */
export async function startRedis({ keepsData = false } = {}) {
  if (!ensureRedis()) {
    const missing = 'NO REDIS: nothing is tested with it (Debian: sudo apt-get install redis-server)';
    if (['1', 'true'].includes(process.env.CI ?? ''))
      throw new Error(`${missing}. With CI set, this is a failure.`);
    log(`${'!'.repeat(20)} ${missing} ${'!'.repeat(20)}`);
    return undefined;
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'cometchat-call-redis-'));
  const port = await freePort();
  const persistence = keepsData ? ['--appendonly', 'yes', '--appendfsync', 'always'] : [];
  let server;
  let ended = Promise.resolve();
  const end = () => server?.kill('SIGKILL');
  // Also when the tests are interrupted.
  process.once('exit', end);
  const redis = {
    url: `redis://127.0.0.1:${port}`,
    port,
    start: async () => {
      server = spawn(
        'redis-server',
        ['--port', port, '--bind', '127.0.0.1', '--dir', folder, '--save', '', ...persistence].map(String),
        { stdio: 'ignore' },
      );
      let isRunning = true;
      ended = new Promise((resolve) => server.once('exit', resolve)).then(() => (isRunning = false));
      await ready(port, () => isRunning);
    },
    signal: (name) => server.kill(name),
    kill: async () => {
      end();
      await ended;
    },
    stop: async () => {
      process.removeListener('exit', end);
      await redis.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await redis.start();
  return redis;
}
