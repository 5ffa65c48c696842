import { after } from 'node:test';
import puppeteer, { type Browser, type LaunchOptions } from 'puppeteer-core';
import {
  createCallServer,
  type CallServer,
  type CallServerOptions,
} from '../../../src/server/call-server.js';
import { createCallToken } from '../../../src/server/auth/call-tokens.js';
import { launchChromium, launchFirefox, newWindow } from '../../tools/run/browser-options.mjs';
import { ensureChromium, ensureFirefox } from '../../tools/run/ensure-browser.mjs';
import { CallPage } from './call-page.js';
import { instrument } from './instrument.js';

export type BrowserName = 'chromium' | 'firefox';

export const secret = 'a secret for tests, of enough bytes';

interface CallerOptions {
  readonly browser?: BrowserName;
  readonly profile?: string;
  /** Runs in the page before all else. */
  readonly before?: () => void;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Where the browsers of a world run, and how they reach its server. */
export interface Surroundings {
  /** The host of the server's URL. */
  readonly host: string;
  /** More launch options for the browser of a profile. `origin` is the URL of the server. */
  launchOptions(browser: BrowserName, executable: string, profile: string, origin: string): LaunchOptions;
}

/** A real server, real browsers, and pages with calls in them. One per test file; everything ends with the file. */
export class CallWorld {
  readonly #browsers = new Map<string, Promise<Browser>>();
  readonly #options: Partial<CallServerOptions>;
  readonly #pages: CallPage[] = [];
  #server: CallServer | undefined;
  #port = 0;

  constructor(
    options: Partial<CallServerOptions> = {},
    private readonly surroundings?: Surroundings,
  ) {
    this.#options = options;
    after(() => this.stop());
  }

  get server(): CallServer {
    if (!this.#server) throw new Error('The server is not running.');
    return this.#server;
  }

  get url(): string {
    const { surroundings, server } = this;
    return surroundings ? `http://${surroundings.host}:${server.port}` : server.url;
  }

  /** Starts the server, on the same port as before if there was one. */
  async start(): Promise<void> {
    const port = this.#port;
    this.#server = createCallServer({
      secret,
      dev: true,
      host: '127.0.0.1',
      port,
      logLevel: 'silent',
      files: { '/': 'test/e2e/pages', '/dist': 'dist', '/demo': 'demo' },
      ...this.#options,
    });
    await this.#server.listen();
    this.#port = this.#server.port;
  }

  token(uid: string, sessionId: string): Promise<string> {
    return createCallToken({ secret, sessionId, user: { uid, name: nameOf(uid) } });
  }

  /** A page with the bundle, blank unless another path is given. `before` runs in it before all else. Another `profile` is another person's browser. `framed`: the element is in a frame. */
  async page(
    name: BrowserName = 'chromium',
    {
      profile = '',
      path = '/call.html',
      before: first = (): void => undefined,
      inline = false,
      framed = false,
    } = {},
  ): Promise<CallPage> {
    const browser = await this.#browser(name, profile);
    const page = await browser.newPage(newWindow as { type: 'window' });
    const made = new CallPage(page);
    // The server's pages allow no inline scripts, which an import map is. Firefox has no such switch.
    if (inline) await page.setBypassCSP(true);
    this.#pages.push(made);
    // The loader of the tests wraps named functions in a call of this, also those that are sent to the page.
    await page.evaluateOnNewDocument('window.__name = (named) => named');
    await page.evaluateOnNewDocument(first);
    await page.evaluateOnNewDocument(instrument);
    await page.goto(`${this.url}${path}`);
    if (!framed) await page.waitForFunction(() => customElements.get('cometchat-call') !== undefined);
    return made;
  }

  /** A page whose element joins the session as a user. */
  async caller(
    uid: string,
    sessionId: string,
    { browser, attributes, ...options }: CallerOptions = {},
  ): Promise<CallPage> {
    const page = await this.page(browser, options);
    await page.join({ token: await this.token(uid, sessionId), ...attributes });
    return page;
  }

  /** Ends a browser without a word to its pages, as a crash does. */
  async kill(name: BrowserName, profile: string): Promise<void> {
    const browser = await this.#browser(name, profile);
    this.#browsers.delete(`${name} ${profile}`);
    const gone = new Promise((resolve) => browser.once('disconnected', resolve));
    browser.process()?.kill('SIGKILL');
    await gone;
  }

  /** The process of a browser, and in Chromium those that run its pages. */
  async processes(
    name: BrowserName,
    profile: string,
  ): Promise<{ browser: number; pages: readonly number[] }> {
    const browser = await this.#browser(name, profile);
    const pid = browser.process()?.pid;
    if (pid === undefined) throw new Error('This browser has no process.');
    if (name === 'firefox') return { browser: pid, pages: [] };
    const session = await browser.target().createCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    await session.detach();
    const pages = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
    return { browser: pid, pages };
  }

  /** Closes all pages: between two tests. */
  async clear(): Promise<void> {
    await Promise.all(this.#pages.splice(0).map((page) => page.close()));
  }

  async closeBrowsers(): Promise<void> {
    const browsers = await Promise.all(this.#browsers.values());
    this.#browsers.clear();
    this.#pages.length = 0;
    await Promise.all(browsers.map((browser) => browser.close()));
  }

  async stop(): Promise<void> {
    await this.closeBrowsers();
    await this.#server?.close();
  }

  #browser(name: BrowserName, profile: string): Promise<Browser> {
    const key = `${name} ${profile}`;
    const browser = this.#browsers.get(key) ?? this.#launch(name, profile);
    this.#browsers.set(key, browser);
    return browser;
  }

  async #launch(name: BrowserName, profile: string): Promise<Browser> {
    const options = (
      name === 'chromium' ? launchChromium(await ensureChromium()) : launchFirefox(await firefox())
    ) as LaunchOptions;
    const { surroundings } = this;
    if (!surroundings) return puppeteer.launch(options);
    const more = surroundings.launchOptions(name, options.executablePath ?? '', profile, this.url);
    return puppeteer.launch({
      ...options,
      ...more,
      args: [...(options.args ?? []), ...(more.args ?? [])],
      extraPrefsFirefox: { ...options.extraPrefsFirefox, ...more.extraPrefsFirefox },
    });
  }
}

export function nameOf(uid: string): string {
  return uid.charAt(0).toUpperCase() + uid.slice(1);
}

async function firefox(): Promise<{ path: string }> {
  const found = await ensureFirefox();
  if (!found) throw new Error('Firefox is needed for this test.');
  return found;
}
