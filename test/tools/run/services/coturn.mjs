// Starts a coturn of its own for tests: on the loopback address, on free ports, with the time-limited credentials of its REST API.
// Binary: PATH, apt-get (as root; NO_COTURN_DOWNLOAD=1 stops before it).
import { spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { aptInstall } from '../apt-install.mjs';

const log = (...words) => console.error('[coturn]', ...words);

const has = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).error === undefined;

/** Whether there is a coturn, installed if need be. */
export function ensureCoturn() {
  const isInstalled = () => has('turnserver', '--help') && has('openssl', 'version');
  // Debian's package starts no service where none may be started, and otherwise one that is switched off.
  if (!isInstalled() && process.env.NO_COTURN_DOWNLOAD !== '1') {
    aptInstall('coturn');
    aptInstall('openssl');
  }
  return isInstalled();
}

/** Resolves with whether it does, rather than an error. */
const happens = (emitter, event) =>
  once(emitter, event).then(
    () => true,
    () => false,
  );

/** A port that is free for UDP and TCP. */
async function freePort() {
  for (;;) {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address();
    const socket = createSocket('udp4').bind(port, '127.0.0.1');
    const isFree = await happens(socket, 'listening');
    if (isFree) await new Promise((done) => socket.close(done));
    await new Promise((done) => server.close(done));
    if (isFree) return port;
  }
}

function selfSigned(folder) {
  const [cert, key] = ['cert.pem', 'key.pem'].map((name) => path.join(folder, name));
  const made = spawnSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-keyout', key, '-out', cert],
      ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'],
    ],
    { encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`openssl failed: ${made.stderr}`);
  return { cert, key };
}

async function answers(port, isRunning) {
  while (isRunning()) {
    const socket = connect(port, '127.0.0.1');
    const isUp = await happens(socket, 'connect');
    socket.destroy();
    if (isUp) return;
    await new Promise((retry) => setTimeout(retry, 50));
  }
  throw new Error('coturn ended before it answered.');
}

/**
 * `{ port, tlsPort, stop }`, or `undefined`, said loudly, when there is no coturn to be had; with CI set that is an error.
 * `secret`: the server's `turnSecret`.
 */
export async function startCoturn({ secret }) {
  if (!ensureCoturn()) {
    const missing = 'NO COTURN: nothing is tested with it (Debian: sudo apt-get install coturn)';
    if (['1', 'true'].includes(process.env.CI ?? ''))
      throw new Error(`${missing}. With CI set, this is a failure.`);
    log(`${'!'.repeat(20)} ${missing} ${'!'.repeat(20)}`);
    return undefined;
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'cometchat-call-coturn-'));
  const { cert, key } = selfSigned(folder);
  const [port, tlsPort] = [await freePort(), await freePort()];
  const options = {
    'listening-ip': '127.0.0.1',
    'relay-ip': '127.0.0.1',
    'listening-port': port,
    'tls-listening-port': tlsPort,
    'static-auth-secret': secret,
    realm: 'test',
    cert,
    pkey: key,
    db: path.join(folder, 'turndb'),
    pidfile: path.join(folder, 'pid'),
    'log-file': 'stdout',
  };
  const child = spawn(
    'turnserver',
    [
      // Without a configuration file. Peers on the loopback address are for tests only.
      ...['-n', '--use-auth-secret', '--no-cli', '--no-dtls', '--allow-loopback-peers'],
      ...Object.entries(options).map(([name, value]) => `--${name}=${value}`),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (output = `${output}${chunk}`.slice(-4000)));
  let isRunning = true;
  const ended = once(child, 'exit').then(() => (isRunning = false));
  // Also when the tests are interrupted.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  await Promise.all([port, tlsPort].map((each) => answers(each, () => isRunning))).catch((error) => {
    throw new Error(`${error.message} ${output}`);
  });
  return {
    port,
    tlsPort,
    stop: async () => {
      process.removeListener('exit', kill);
      kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
