import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import {
  channelTimeouts,
  type ChannelTimeouts,
} from '../../../../src/signaling/websocket/channel-timeouts.js';
import { server, open, happens, all, refusal, joined } from './channel-setup.js';

describe('a server that cannot be reached', { timeout: 30_000 }, () => {
  const others: Server[] = [];
  afterEach(() => others.splice(0).forEach((other) => other.close()));

  /** What answers at an address that a socket cannot be opened at. */
  async function answering(handle: RequestListener): Promise<string> {
    const other = createServer(handle).listen(0, '127.0.0.1');
    others.push(other);
    await once(other, 'listening');
    return `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  }
  const joins = (url: string, timeouts: Partial<ChannelTimeouts> = {}) =>
    refusal(open({ url, unopened: 40, ...timeouts }).join());

  it('is reported as none when another server answers there', async () => {
    const url = await answering((_, response) => response.writeHead(404).end('<h1>Not Found</h1>'));
    const { code, details, retryable } = await joins(url);
    assert.deepEqual([code, retryable], ['SERVER_NOT_FOUND', false]);
    assert.deepEqual(details, { url: `${url}/`, status: 404 });
  });

  it('is reported as none when a page answers everything', async () => {
    const url = await answering((_, response) => response.end('<!doctype html>'));
    assert.equal((await joins(url)).code, 'SERVER_NOT_FOUND');
  });

  it('is reported as there, when only WebSockets do not reach it', async () => {
    const asked: string[] = [];
    const url = await answering(({ url = '' }, response) => {
      asked.push(url);
      response.end('{"status":"ok"}');
    });
    const { code, message, details } = await joins(`${url}/calls/`);
    assert.equal(code, 'SERVER_UNREACHABLE');
    assert.match(message, /proxy/);
    assert.equal((details as { reason: string }).reason, 'websocket');
    assert.ok(asked.includes('/calls/healthz'), asked.join());
  });

  it('is reported as not answering, when nothing does', async () => {
    await server.stop();
    const started = performance.now();
    const { code, details } = await joins(server.url, { unopened: channelTimeouts.unopened });
    assert.ok(performance.now() - started < 5000, 'long before the patience with a join has come to its end');
    assert.deepEqual([code, (details as { reason: string }).reason], ['SERVER_UNREACHABLE', 'no-answer']);
    await server.start();
  });

  it('is waited for when it is busy or being restarted', async () => {
    let asked = 0;
    const url = await answering((_, response) => {
      asked += 1;
      response.writeHead(asked % 2 ? 503 : 429).end();
    });
    const { code, details } = await joins(url, { join: 400 });
    assert.deepEqual([code, details], ['SERVER_UNREACHABLE', null]);
    assert.ok(asked > 1);
  });

  it('is waited for by one who was in the call', async () => {
    const channel = await joined({ unopened: 20 });
    const closed = all(channel, 'closed');
    const [lost, resumed] = [happens(channel, 'lost'), happens(channel, 'resumed')];
    await server.stop();
    await lost;
    const tries: string[] = [];
    const other = createServer((_, response) => {
      tries.push('asked');
      response.writeHead(404).end();
    }).listen(Number(new URL(server.url).port), '127.0.0.1');
    others.push(other);
    await new Promise<void>((resolve) =>
      other.on('upgrade', (_, socket) => {
        socket.destroy();
        if (tries.push('socket') > 5) resolve();
      }),
    );
    other.closeAllConnections();
    await new Promise((resolve) => other.close(resolve));
    assert.ok(!tries.includes('asked'));
    await server.start();
    await resumed;
    assert.deepEqual(closed, []);
  });
});
