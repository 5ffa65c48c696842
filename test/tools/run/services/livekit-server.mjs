// A real LiveKit server on loopback, for the tests.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SignJWT } from 'jose';
import { ensureLiveKit } from './ensure-livekit.mjs';

export const apiKey = 'testkey';
export const apiSecret = 'a secret of the tests that has 32 bytes and more';

/** Admits `identity` to a room, for a test without a call server. */
export function liveKitToken(room, identity) {
  return new SignJWT({ video: { room, roomJoin: true } })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(apiKey)
    .setSubject(identity)
    .setExpirationTime('10m')
    .sign(new TextEncoder().encode(apiSecret));
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

async function freeUdpPort() {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  await new Promise((done) => socket.close(done));
  return port;
}

/** Everything on loopback: no address of this machine and no server of the internet is asked for. */
const configOf = ({ port, udpPort, redisUrl }) => ({
  port,
  bind_addresses: ['127.0.0.1'],
  rtc: {
    node_ip: '127.0.0.1',
    use_external_ip: false,
    enable_loopback_candidate: true,
    interfaces: { includes: ['lo'] },
    udp_port: udpPort,
    tcp_port: 0,
    // Nothing listens there. Firefox refuses the ports of other protocols, such as 9.
    stun_servers: ['127.0.0.1:34780'],
  },
  keys: { [apiKey]: apiSecret },
  logging: { level: 'error' },
  ...(redisUrl && { redis: { address: new URL(redisUrl).host } }),
});

/**
 * Starts a server; resolves with its addresses once it answers, or with `undefined` if LiveKit is not to be had.
 *
 * @param {{ redisUrl?: string }} [options]
 */
export async function startLiveKit({ redisUrl } = {}) {
  const binary = await ensureLiveKit();
  if (!binary) return undefined;
  const folder = mkdtempSync(path.join(tmpdir(), 'livekit-'));
  const port = await freePort();
  const file = path.join(folder, 'livekit.yaml');
  // YAML is a superset of JSON.
  writeFileSync(file, JSON.stringify(configOf({ port, udpPort: await freeUdpPort(), redisUrl })));
  const child = spawn(binary, ['--config', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  let output = '';
  child.stderr.on('data', (chunk) => (output = `${output}${chunk}`.slice(-4000)));
  const ended = once(child, 'exit');
  const stop = async (signal = 'SIGTERM') => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(timer);
    }
    rmSync(folder, { recursive: true, force: true });
  };
  for (let attempt = 0; ; attempt += 1) {
    const isUp = await fetch(`http://127.0.0.1:${port}/`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) break;
    if (child.exitCode !== null || attempt > 300) throw new Error(`LiveKit did not start: ${output}`);
    await new Promise((retry) => setTimeout(retry, 100));
  }
  return { url: `ws://127.0.0.1:${port}`, pid: child.pid, stop };
}
