import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'node:test';
import { serve } from '../../server/harness/server-process.js';
import { withRedis } from '../../server/harness/store-kinds.js';
import { CallWorld } from '../world/call-world.js';
import { startBalancer } from '../../server/harness/tcp-balancer.js';

/** It serves the pages; the calls are on other servers. */
const world = new CallWorld();
before(() => world.start());
afterEach(() => world.clear());

describe('a call on two servers with one Redis, behind a TCP balancer', () => {
  const redis = withRedis();

  it('goes on while Redis is restarted and loses its data: media never stops, nobody leaves, and others join', async (test) => {
    const nodes = [0, 1].map(() => serve({ REDIS_URL: redis().url, HEARTBEAT_MS: '1000' }));
    test.after(() => Promise.all(nodes.map((node) => node.kill('SIGKILL'))));
    const urls = await Promise.all(nodes.map(({ url }) => url));
    const balancer = await startBalancer(urls);
    test.after(() => balancer.close());
    const attributes = { 'server-url': balancer.url };
    const ada = await world.caller('ada', 'restart', { attributes });
    await ada.until(1);
    const bob = await world.caller('bob', 'restart', { attributes });
    const pages = [ada, bob];
    await Promise.all(pages.map((page) => page.until(2)));
    await Promise.all(pages.map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    const untilReady = async (status: number): Promise<void> => {
      for (const url of urls)
        while ((await fetch(`${url}/readyz`)).status !== status)
          await new Promise((resolve) => setTimeout(resolve, 50));
    };

    await redis().kill();
    await untilReady(503);
    await Promise.all(pages.map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    await redis().start();
    await untilReady(200);
    await Promise.all(pages.map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    await ada.call('muteAudio', true);
    await bob.event('onUserMuted');
    const cyd = await world.caller('cyd', 'restart', { attributes });
    for (const page of [...pages, cyd]) {
      await page.until(3);
      await page.untilReceiving({ video: 2, audio: 1 });
    }
    for (const page of pages) {
      const heard = await page.eventNames();
      assert.ok(!heard.includes('onUserLeft') && !heard.includes('onCallEnded'), heard.join());
    }
  });

  it('goes on when one of them is killed: media flows, nobody leaves, and both are on the other one', async (test) => {
    const nodes = [0, 1].map(() =>
      serve({ REDIS_URL: redis().url, HEARTBEAT_MS: '1000', METRICS_OPEN: '1' }),
    );
    test.after(() => Promise.all(nodes.map((node) => node.kill('SIGKILL'))));
    const urls = await Promise.all(nodes.map(({ url }) => url));
    const balancer = await startBalancer(urls);
    test.after(() => balancer.close());
    const attributes = { 'server-url': balancer.url };
    const ada = await world.caller('ada', 'cluster', { attributes });
    await ada.until(1);
    const bob = await world.caller('bob', 'cluster', { attributes });
    const pages = [ada, bob];
    await Promise.all(pages.map((page) => page.until(2)));
    await Promise.all(pages.map((page) => page.untilReceiving({ video: 1, audio: 1 })));

    // One page is on each of them.
    for (const url of urls)
      assert.match(await (await fetch(`${url}/metrics`)).text(), /^cometchat_connections 1$/m);

    await nodes[0]?.kill('SIGKILL');
    await Promise.all(pages.map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    // Each hears of the other through the server that is left.
    await ada.call('muteAudio', true);
    await bob.event('onUserMuted');
    await bob.call('muteAudio', true);
    await ada.event('onUserMuted');
    for (const page of pages) {
      const heard = await page.eventNames();
      assert.ok(!heard.includes('onUserLeft') && !heard.includes('onCallEnded'), heard.join());
      assert.deepEqual(await page.errors(), []);
    }
  });
});
