// From the click to the first frame of the other's camera on both sides, against a floor written by hand and against what
// people would otherwise use. Systems take turns within a round; each page has a browser context of its own.
import type { Page } from 'puppeteer-core';
import { createCallServer } from '../../src/server/call-server.js';
import { createCallToken } from '../../src/server/auth/call-tokens.js';
import { BenchBrowser, click, untilFirstFrames } from './lib/bench-browser.js';
import { BenchHost } from './lib/bench-host.js';
import { delayProxy } from './lib/delay-proxy.js';
import { rounds, secret, wanted } from './lib/options.js';
import { reportRatios } from './lib/report.js';

const browser = new BenchBrowser();
const host = new BenchHost();
const calls = createCallServer({
  secret,
  host: '127.0.0.1',
  port: 0,
  logLevel: 'silent',
  dev: true,
});
await Promise.all([browser.start(), host.start(), calls.listen()]);

interface System {
  readonly name: string;
  readonly page: string;
  /** Makes what the second page needs before the click. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

const systems: readonly System[] = [
  { name: 'floor, by hand', page: 'floor' },
  { name: 'cometchat-call', page: 'call' },
  { name: 'cometchat-call, warm', page: 'call', prepare: warm },
  { name: 'raw WebRTC', page: 'raw' },
  { name: 'simple-peer', page: 'simple-peer' },
  { name: 'PeerJS', page: 'peerjs' },
  { name: 'trystero', page: 'trystero' },
].filter(({ name }) => wanted(name));

await measure('Join, click to first frames', systems, 0);
await measure(
  'Join with 100 ms of added round trip',
  systems.filter(({ page }) => page !== 'trystero' && page !== 'peerjs'),
  50,
);

await browser.stop();
host.stop();
await calls.close();

async function measure(title: string, measured: readonly System[], oneWay: number): Promise<void> {
  const relay = oneWay ? await delayProxy(host.port, oneWay) : undefined;
  const server = oneWay ? await delayProxy(calls.port, oneWay) : undefined;
  const values = new Map(measured.map(({ name }) => [name, [] as number[]]));
  for (let round = -1; round < rounds; round++)
    for (const system of measured) {
      const room = `${system.name.replace(/\W/g, '')}-${oneWay}-${round + 1}`;
      const time = await once(system, room, relay?.port, server?.port);
      // The first round warms caches of disk and code.
      if (round >= 0) values.get(system.name)?.push(time);
    }
  reportRatios(
    title,
    'ms',
    [...values].map(([name, all]) => ({ name, values: all })),
  );
  relay?.close();
  server?.close();
}

async function once(
  { page: name, prepare }: System,
  room: string,
  relayPort: number | undefined,
  serverPort: number | undefined,
): Promise<number> {
  const pages = await Promise.all(
    [1, 2].map(() => browser.page(`http://127.0.0.1:${host.port}/${name}.html`)),
  );
  const [first, second] = pages as [Page, Page];
  const serverUrl = `http://127.0.0.1:${serverPort ?? calls.port}`;
  const options = async (uid: string) => ({
    ...host.addresses(relayPort),
    room,
    token: await createCallToken({ secret, sessionId: room, user: { uid, name: uid } }),
    attributes: { 'server-url': serverUrl },
  });
  await click(first, await options('ada'), true);
  await settled(first, name);
  await prepare?.(second);
  const given = await options('bob');
  await click(second, given);
  const time = await untilFirstFrames(second, pages);
  await browser.clear();
  return time;
}

/** The first one is in the call, its camera open, before the second clicks. */
async function settled(page: Page, name: string): Promise<void> {
  await page.evaluate(() => (window as unknown as { bench: { joined: Promise<void> } }).bench.joined);
  if (name === 'call')
    await page.waitForFunction(() => document.querySelector('cometchat-call:state(active)'));
  await page.waitForNetworkIdle({ idleTime: 300 });
  await page.evaluate(() => navigator.mediaDevices.enumerateDevices());
}

/** The element is on the page and its code is loaded, as after `preload()`. */
async function warm(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const element = document.createElement('cometchat-call') as HTMLElement & {
      preload?: () => Promise<void>;
    };
    document.body.append(element);
    await element.preload?.();
  });
}
