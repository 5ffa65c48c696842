import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserName, CallWorld } from '../world/call-world.js';
import type { CallPage } from '../world/call-page.js';
import { LossyRelay } from './lossy-relay.js';
import { createRelayNetwork, pathsOf, relayOnly } from './relay-world.js';

const media = { video: 1, audio: 1 };
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const { urls, skip, ...network } = await createRelayNetwork();
const lossy = await LossyRelay.start(network.port);
after(() => lossy.close());

/** A call of two, who see and hear each other. */
async function call(
  world: CallWorld,
  session: string,
  [first, second]: readonly [BrowserName, BrowserName] = ['chromium', 'chromium'],
): Promise<readonly [CallPage, CallPage]> {
  const join = (uid: string, browser: BrowserName) =>
    world.caller(uid, session, { browser, before: relayOnly });
  const ada = await join('ada', first);
  await ada.until(1);
  const bob = await join('bob', second);
  await Promise.all([ada, bob].map((page) => page.untilReceiving(media)));
  return [ada, bob];
}

/** When the credentials of a page's newest connection expire (ms since 1970). */
function expiryIn({ page }: CallPage): Promise<number> {
  return page.evaluate(() => {
    const [server] = window.observed.connections.at(-1)?.getConfiguration().iceServers ?? [];
    return Number(server?.username?.split(':')[0]) * 1000;
  });
}

const connections = ({ page }: CallPage) => page.evaluate(() => window.observed.connections.length);
const paths = (pages: readonly CallPage[]) => Promise.all(pages.map(pathsOf));

describe('Browsers that reach each other only through coturn', { skip }, () => {
  // Its credentials expire while the other tests run.
  const longWorld = network.world(urls.udp, { turnTtl: 60 });
  let longCall: readonly CallPage[] = [];
  before(async () => (longCall = await call(longWorld, 'long')));

  for (const [protocol, browsers] of [
    ['udp', ['chromium', 'firefox']],
    ['tcp', ['firefox', 'chromium']],
    // Firefox cannot be told to trust a certificate that nobody has signed.
    ['tls', ['chromium', 'chromium']],
  ] as const)
    describe(`over ${protocol}`, () => {
      const world = network.world(urls[protocol]);

      it(`${browsers.join(' and ')} see and hear each other`, async () => {
        for (const page of await call(world, protocol, browsers)) {
          assert.deepEqual(await pathsOf(page), [`relay ${protocol}`]);
          assert.deepEqual(await page.errors(), []);
        }
      });
    });

  describe('that loses 30 % of all packets', () => {
    const world = network.world(`turn:127.0.0.1:${lossy.port}?transport=udp`);

    it('go on as if nothing were the matter: frames keep coming, and no outage is told', async (context) => {
      const pages = await call(world, 'loss', ['chromium', 'firefox']);
      const before = await Promise.all(pages.map(connections));
      lossy.lose(0.3);
      for (const until = Date.now() + 20_000; Date.now() < until;)
        await Promise.all(pages.map((page) => page.untilReceiving(media)));
      const { lost, sent } = lossy;
      context.diagnostic(`${lost} of ${sent} packets were lost`);
      assert.ok(lost > sent / 4, 'they were');
      for (const page of pages)
        assert.deepEqual(
          (await page.eventNames()).filter((name) => /Connection/.test(name)),
          [],
        );
      assert.deepEqual(await Promise.all(pages.map(connections)), before);
    });
  });

  describe('when the call is longer than the first credentials are valid', () => {
    it('a third one still gets in: the others have new ones', async () => {
      for (const expiry of await Promise.all(longCall.map(expiryIn)))
        while (Date.now() < expiry + 1000) await wait(expiry + 1000 - Date.now());
      const all = [...longCall, await longWorld.caller('cyd', 'long', { before: relayOnly })];
      await Promise.all(all.map((page) => page.untilReceiving({ video: 2, audio: 2 })));
      assert.deepEqual(await paths(all), Array(3).fill(['relay udp', 'relay udp']));
    });

    it('a connection that died is replaced', async () => {
      const [ada, bob] = longCall as [CallPage, CallPage];
      await bob.page.evaluate(() =>
        window.observed.connections.find(({ connectionState }) => connectionState === 'connected')?.close(),
      );
      await bob.event('onRemoteConnectionRestored');
      await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 2, audio: 2 })));
      assert.deepEqual(await paths(longCall), Array(2).fill(['relay udp', 'relay udp']));
    });
  });
});
