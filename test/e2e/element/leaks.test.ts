import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'node:test';
import type { CallPage } from '../world/call-page.js';
import { CallWorld } from '../world/call-world.js';

/** `LEAK_CYCLES=200` for a thorough look. */
const cycles = Number(process.env['LEAK_CYCLES'] ?? 20);

interface Leftovers {
  readonly timers: number;
  readonly intervals: number;
  readonly sockets: number;
  readonly listeners: readonly string[];
  readonly contexts: number;
}

declare global {
  interface Window {
    leftovers(): Leftovers;
  }
}

/** Runs in the page before its own code: counts what outlives a call when it is not released. */
function countLeftovers(): void {
  const intervals = new Set<number>();
  const timers = new Set<number>();
  const listeners = new Map<string, number>();
  const sockets: WebSocket[] = [];
  const contexts: AudioContext[] = [];
  const { setTimeout, clearTimeout, setInterval, clearInterval } = window;
  Object.assign(window, {
    setTimeout: (run: () => void, ms?: number, ...rest: unknown[]) => {
      const id = setTimeout(
        () => {
          timers.delete(id);
          run();
        },
        ms,
        ...rest,
      );
      timers.add(id);
      return id;
    },
    clearTimeout: (id: number) => (timers.delete(id), clearTimeout(id)),
    setInterval: (run: () => void, ms?: number, ...rest: unknown[]) => {
      const id = setInterval(run, ms, ...rest);
      intervals.add(id);
      return id;
    },
    clearInterval: (id: number) => (intervals.delete(id), clearInterval(id)),
    WebSocket: new Proxy(WebSocket, {
      construct: (target, args: [string]) => {
        const socket = new target(...args);
        sockets.push(socket);
        return socket;
      },
    }),
    AudioContext: new Proxy(AudioContext, {
      construct: (target, args: [AudioContextOptions?]) => {
        const context = new target(...args);
        contexts.push(context);
        return context;
      },
    }),
  });
  for (const [name, target] of [
    ['window', window],
    ['document', document],
    ['mediaDevices', navigator.mediaDevices],
  ] as const) {
    const add = target.addEventListener.bind(target) as typeof target.addEventListener;
    const remove = target.removeEventListener.bind(target) as typeof target.removeEventListener;
    const change = (type: string, by: number): void =>
      void listeners.set(`${name} ${type}`, (listeners.get(`${name} ${type}`) ?? 0) + by);
    target.addEventListener = ((type: string, listener: EventListener, options?: AddEventListenerOptions) => {
      const signal = typeof options === 'object' ? options.signal : undefined;
      change(type, 1);
      signal?.addEventListener('abort', () => change(type, -1), { once: true });
      add(type, listener, options);
    }) as typeof target.addEventListener;
    target.removeEventListener = ((type: string, listener: EventListener, options?: EventListenerOptions) => {
      change(type, -1);
      remove(type, listener, options);
    }) as typeof target.removeEventListener;
  }
  window.leftovers = () => ({
    timers: timers.size,
    intervals: intervals.size,
    sockets: sockets.filter(({ readyState }) => readyState === WebSocket.OPEN).length,
    listeners: [...listeners].filter(([, count]) => count > 0).map(([name, count]) => `${name} ${count}`),
    contexts: contexts.filter(({ state }) => state !== 'closed').length,
  });
}

interface Usage {
  readonly heapKiB: number;
  readonly nodes: number;
  readonly listeners: number;
}

/** After a collection of the garbage, in Chromium. What the test itself remembers does not count. */
async function usageOf({ page }: CallPage): Promise<Usage> {
  await page.evaluate(() => {
    window.observed.connections.length = window.observed.tracks.length = window.observed.events.length = 0;
  });
  const session = await page.createCDPSession();
  // What one collection finalizes, the next one frees.
  for (let times = 0; times < 3; times += 1) await session.send('HeapProfiler.collectGarbage');
  await session.detach();
  const { JSHeapUsedSize = 0, Nodes = 0, JSEventListeners = 0 } = await page.metrics();
  return { heapKiB: Math.round(JSHeapUsedSize / 1024), nodes: Nodes, listeners: JSEventListeners };
}

/** One element has some 400 nodes. Those of the last call may be in use for a moment. */
async function untilNoMoreThan(before: Usage, page: CallPage): Promise<Usage> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const now = await usageOf(page);
    if (now.nodes <= before.nodes + 100 && now.listeners <= before.listeners + 10) return now;
    if (Date.now() > deadline) throw new Error(`${JSON.stringify(before)} became ${JSON.stringify(now)}`);
  }
}

const world = new CallWorld();
before(() => world.start());
afterEach(() => world.clear());

describe('after a call', () => {
  it('nothing is left: no track, connection, socket, timer, listener, audio context or media element', async () => {
    const ada = await world.page('chromium', { before: countLeftovers });
    const untouched = await ada.page.evaluate(() => window.leftovers());
    const bob = await world.caller('bob', 'leaks');
    await ada.join({ token: await world.token('ada', 'leaks') });
    await ada.untilReceiving({ video: 1, audio: 1 });
    await ada.page.evaluate(() => document.querySelector('cometchat-call')?.remove());
    await bob.event('onUserLeft');
    await ada.page.waitForFunction(() => window.leftovers().timers === 0, { timeout: 15_000 });
    assert.deepEqual(await ada.page.evaluate(() => window.leftovers()), untouched);
    assert.equal(await ada.liveTracks(), 0);
    assert.equal(await ada.openConnections(), 0);
  });

  it('nor of tracks that were processed: no worker, and no audio context', async () => {
    const ada = await world.page('chromium', { before: countLeftovers });
    const untouched = await ada.page.evaluate(() => window.leftovers());
    const bob = await world.caller('bob', 'processed');
    const processing = { 'background-blur': '50', 'noise-suppression': '' };
    await ada.join({ token: await world.token('ada', 'processed'), ...processing });
    await bob.untilReceiving({ video: 1, audio: 1 });
    assert.equal(ada.page.workers().length, 1);
    await ada.page.evaluate(() => document.querySelector('cometchat-call')?.remove());
    await bob.event('onUserLeft');
    await ada.page.waitForFunction(() => window.leftovers().timers === 0, { timeout: 15_000 });
    assert.deepEqual(await ada.page.evaluate(() => window.leftovers()), untouched);
    assert.equal(await ada.liveTracks(), 0);
    // The test learns of its end a moment later.
    for (const deadline = Date.now() + 15_000; ada.page.workers().length > 0 && Date.now() < deadline;)
      await ada.liveTracks();
    assert.equal(ada.page.workers().length, 0);
    assert.deepEqual(await ada.errors(), []);
  });

  it('the element itself can be forgotten', async () => {
    const ada = await world.page();
    const bob = await world.caller('bob', 'forget');
    await ada.join({ token: await world.token('ada', 'forget') });
    await ada.untilReceiving({ video: 1, audio: 1 });
    const before = await ada.page.queryObjects(await ada.page.evaluateHandle(() => MediaStream.prototype));
    assert.ok((await before.evaluate((streams) => streams.length)) > 0);
    await before.dispose();
    await ada.page.evaluate(() => document.querySelector('cometchat-call')?.remove());
    await bob.event('onUserLeft');
    const prototype = await ada.page.evaluateHandle(
      () => customElements.get('cometchat-call')?.prototype as object,
    );
    const elements = async (): Promise<number> => {
      const found = await ada.page.queryObjects(prototype);
      const count = await found.evaluate((all) => all.length);
      // Its handle would keep the element that it found.
      await found.dispose();
      return count;
    };
    // What the test itself remembers must not count.
    await ada.page.evaluate(() => {
      window.observed.connections.length = 0;
      window.observed.tracks.length = 0;
    });
    // queryObjects collects the garbage first.
    let left = await elements();
    for (const deadline = Date.now() + 15_000; left > 0 && Date.now() < deadline;) left = await elements();
    assert.equal(left, 0);
  });

  it(`nor of many that end as soon as they began: ${cycles} elements (LEAK_CYCLES)`, async (context) => {
    const ada = await world.page();
    const token = await world.token('ada', 'many');
    const callOften = async (times: number): Promise<void> => {
      for (let cycle = 0; cycle < times; cycle += 1) {
        await ada.join({ token });
        await ada.until(1);
        await ada.untilState('active');
        await ada.page.evaluate(() => document.querySelector('cometchat-call')?.remove());
        await ada.untilLiveTracks(0);
      }
    };
    // The first ones load what is loaded once.
    await callOften(3);
    const first = await usageOf(ada);
    await callOften(cycles);
    const last = await untilNoMoreThan(first, ada);
    context.diagnostic(`${JSON.stringify(first)} became ${JSON.stringify(last)}`);
    assert.equal(await ada.openConnections(), 0);
    assert.deepEqual(await ada.errors(), []);
  });
});
