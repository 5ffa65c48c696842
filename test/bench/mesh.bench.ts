// A full mesh of pages with 720p cameras on one machine, against plain WebRTC with the same constraints: frames shown, memory and
// main thread of each page while nobody touches anything.
import type { Page } from 'puppeteer-core';
import { createCallServer } from '../../src/server/call-server.js';
import { createCallToken } from '../../src/server/auth/call-tokens.js';
import { BenchBrowser, click } from './lib/bench-browser.js';
import { BenchHost } from './lib/bench-host.js';
import { rounds, secret, sizes } from './lib/options.js';
import { rendererMemory } from './lib/process-memory.js';
import { reportRatios } from './lib/report.js';
import { median } from './lib/statistics.js';

const seconds = 10;
const systems = [
  { name: 'floor, raw WebRTC', page: 'raw' },
  { name: 'cometchat-call', page: 'call' },
];

const browser = new BenchBrowser();
const host = new BenchHost();
const calls = createCallServer({ secret, host: '127.0.0.1', port: 0, logLevel: 'silent', dev: true });
await Promise.all([browser.start(), host.start(), calls.listen()]);

interface Sample {
  readonly frames: number;
  readonly memory: number;
  readonly mainThread: number;
}

for (const size of sizes ?? [2, 3, 4, 6]) {
  const samples = new Map(systems.map(({ name }) => [name, [] as Sample[]]));
  for (let round = 0; round < rounds; round++)
    for (const { name, page } of systems)
      samples.get(name)?.push(await measure(page, size, `${page}-${size}-${round}`));
  const series = (of: keyof Sample) =>
    [...samples].map(([name, all]) => ({ name, values: all.map((sample) => sample[of]) }));
  reportRatios(`Mesh of ${size}: frames shown per second and video`, '/s', series('frames'));
  reportRatios(`Mesh of ${size}: memory (PSS) per page`, 'MiB', series('memory'));
  reportRatios(`Mesh of ${size}: main thread per page and second`, 'ms', series('mainThread'));
}

await browser.stop();
host.stop();
await calls.close();

async function measure(name: string, size: number, room: string): Promise<Sample> {
  const pages: Page[] = [];
  for (let at = 0; at < size; at++) {
    const page = await browser.page(`http://127.0.0.1:${host.port}/${name}.html`);
    pages.push(page);
    const token = await createCallToken({ secret, sessionId: room, user: { uid: `u${at}`, name: `u${at}` } });
    await click(page, {
      ...host.addresses(),
      room,
      token,
      frameRate: 15,
      attributes: { 'server-url': calls.url },
    });
    await page.evaluate(() => (window as unknown as { bench: { joined: Promise<void> } }).bench.joined);
  }
  for (const page of pages)
    await page.waitForFunction(
      (others) =>
        (window as unknown as { bench: { connections: RTCPeerConnection[] } }).bench.connections.filter(
          ({ connectionState }) => connectionState === 'connected',
        ).length >= others,
      { timeout: 60_000, polling: 200 },
      size - 1,
    );
  // Bandwidth estimation ramps up for several seconds, by the same rules in every system.
  await elapse(8);
  const before = await Promise.all(pages.map(counters));
  await elapse(seconds);
  const after = await Promise.all(pages.map(counters));
  const memory = rendererMemory(browser.browser.process()?.pid ?? 0)
    .slice()
    .sort((a, b) => b - a)
    .slice(0, size);
  await browser.clear();
  const per = (of: 'frames' | 'task' | 'at') =>
    after.map((sample, at) => sample[of] - (before[at]?.[of] ?? 0));
  const elapsed = median(per('at')) / 1000;
  return {
    frames: median(per('frames')) / elapsed / (size - 1),
    memory: median(memory),
    mainThread: (median(per('task')) * 1000) / elapsed,
  };
}

async function counters(page: Page): Promise<{ frames: number; task: number; at: number }> {
  const { TaskDuration = 0 } = await page.metrics();
  const { frames, at } = await page.evaluate(() => {
    const all = (
      window as unknown as { bench: { videos: Set<HTMLVideoElement>; isRemote(video: object): boolean } }
    ).bench;
    let frames = 0;
    for (const video of all.videos)
      if (all.isRemote(video)) {
        const { totalVideoFrames, droppedVideoFrames } = video.getVideoPlaybackQuality();
        frames += totalVideoFrames - droppedVideoFrames;
      }
    return { frames, at: performance.now() };
  });
  return { frames, task: TaskDuration, at };
}

/** How long a bench measures: the one kind of place where time itself is what is waited for. */
function elapse(duration: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, duration * 1000));
}
