import { readFileSync } from 'node:fs';
import puppeteer, { type Browser, type BrowserContext, type Page } from 'puppeteer-core';
import { launchChromium, newWindow } from '../../tools/run/browser-options.mjs';
import { ensureChromium } from '../../tools/run/ensure-browser.mjs';

const firstFrame = readFileSync('test/bench/pages/first-frame.js', 'utf8');

interface BenchWindow {
  readonly bench: {
    clickedAt: number;
    isFirst: boolean;
    joined: Promise<void>;
    readonly firstFrame: Promise<number>;
    now(): number;
  };
  join(options: object): Promise<void>;
}

/** One Chromium with fake devices; each page has a context and a window of its own. */
export class BenchBrowser {
  #browser: Browser | undefined;
  readonly #contexts: BrowserContext[] = [];

  async start(): Promise<void> {
    this.#browser = await puppeteer.launch(
      launchChromium(await ensureChromium()) as Parameters<typeof puppeteer.launch>[0],
    );
  }

  get browser(): Browser {
    if (!this.#browser) throw new Error('The browser is not running.');
    return this.#browser;
  }

  async page(url: string): Promise<Page> {
    const context = await this.browser.createBrowserContext();
    this.#contexts.push(context);
    const page = await context.newPage(newWindow as { type: 'window' });
    await page.evaluateOnNewDocument('window.__name = (named) => named');
    await page.evaluateOnNewDocument(firstFrame);
    await page.goto(url, { waitUntil: 'load' });
    await page.waitForFunction(() => 'join' in window);
    return page;
  }

  /** Closes the pages of a round. */
  async clear(): Promise<void> {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
  }
}

/** Joins as with a click: the time is taken inside the page, in the same task. */
export function click(page: Page, options: object, isFirst = false): Promise<void> {
  return page.evaluate(
    (given, first) => {
      const { bench, join } = window as unknown as BenchWindow;
      bench.isFirst = first;
      bench.clickedAt = bench.now();
      bench.joined = join(given);
    },
    options,
    isFirst,
  );
}

/** Milliseconds from the click in `newcomer` to the first frame of the other's camera, on both sides. */
export async function untilFirstFrames(newcomer: Page, pages: readonly Page[]): Promise<number> {
  const clickedAt = await newcomer.evaluate(() => (window as unknown as BenchWindow).bench.clickedAt);
  const seen = await Promise.all(
    pages.map((page) =>
      within(
        page.evaluate(() => (window as unknown as BenchWindow).bench.firstFrame),
        page.url(),
      ),
    ),
  );
  return Math.max(...seen) - clickedAt;
}

function within<Value>(promise: Promise<Value>, what: string): Promise<Value> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No remote frame in ${what} after 30 s.`)), 30_000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
