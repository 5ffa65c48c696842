import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, before, describe, it } from 'node:test';
import { serve } from '../../server/harness/server-process.js';
import { withRedis } from '../../server/harness/store-kinds.js';
import { root } from '../../tools/bootstrap.mjs';
import { ensureLiveKit } from '../../tools/run/services/ensure-livekit.mjs';
import { apiKey, apiSecret, startLiveKit } from '../../tools/run/services/livekit-server.mjs';
import { CallWorld } from '../world/call-world.js';

const binary = await ensureLiveKit();
const skip = !binary && 'LIVEKIT IS MISSING';

/** It serves the pages; the calls are on other servers. */
const world = new CallWorld();
before(() => world.start());
afterEach(() => world.clear());

describe('two call servers and two LiveKit nodes with one Redis', { skip }, () => {
  const redis = withRedis();

  it('carry one call: its participants connect to different nodes of both, and see and hear each other', async (test) => {
    const redisUrl = redis().url;
    const media = await Promise.all([startLiveKit({ redisUrl }), startLiveKit({ redisUrl })]);
    test.after(async () => {
      for (const node of media) await node?.stop();
    });
    const nodes = media.map((node) =>
      serve({
        REDIS_URL: redisUrl,
        MESH_LIMIT: '2',
        LIVEKIT_URL: node?.url ?? '',
        LIVEKIT_API_KEY: apiKey,
        LIVEKIT_API_SECRET: apiSecret,
      }),
    );
    test.after(() => Promise.all(nodes.map((node) => node.kill('SIGKILL'))));
    const [first = '', second = ''] = await Promise.all(nodes.map(({ url }) => url));
    const ada = await world.caller('ada', 'nodes', { attributes: { 'server-url': first } });
    const bob = await world.caller('bob', 'nodes', { attributes: { 'server-url': second } });
    const cyd = await world.caller('cyd', 'nodes', { attributes: { 'server-url': second } });
    for (const page of [ada, bob, cyd]) {
      await page.until(3);
      await page.untilReceiving({ video: 2, audio: 2 });
      // The move to the SFU is over.
      await page.page.waitForFunction(
        () =>
          window.observed.connections.filter(({ connectionState }) => connectionState === 'connected')
            .length === 1,
        { timeout: 30_000, polling: 50 },
      );
      await page.untilReceiving({ video: 2, audio: 2 });
      assert.deepEqual(await page.errors(), []);
    }
  });

  it('take the configuration that operators are given', async () => {
    const text = readFileSync(path.join(root, 'demo/docs/operations/livekit.yaml'), 'utf8').replace(
      /address: .*/,
      `address: ${new URL(redis().url).host}`,
    );
    // It reads its configuration, and lists the nodes of the cluster.
    const saidTo = async (config: string): Promise<string> => {
      const child = spawn(binary ?? '', ['--config-body', config, 'list-nodes'], {
        env: { ...process.env, LIVEKIT_KEYS: `${apiKey}: ${apiSecret}` },
      });
      let said = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
      await new Promise((resolve) => child.once('close', resolve));
      return said;
    };
    assert.match(await saidTo(text), /Region/);
    assert.match(await saidTo(`${text}nonsense: true\n`), /could not parse config/);
  });
});
