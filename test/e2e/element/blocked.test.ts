import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, before, describe, it } from 'node:test';
import type { CallPage } from '../world/call-page.js';
import { CallWorld, type BrowserName } from '../world/call-world.js';

const world = new CallWorld();
before(() => world.start());
afterEach(() => world.clear());

interface Rules {
  readonly origin: string;
  readonly csp?: string;
}

/** A page of another origin, with a security policy; only what it loads from the build is real. */
async function pageWith(browser: BrowserName, { origin, csp }: Rules): Promise<CallPage> {
  const call = await world.page(browser);
  const { page } = call;
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const { origin: from, pathname } = new URL(request.url());
    if (from !== origin) return void request.continue();
    if (pathname.startsWith('/dist/'))
      return void request.respond({
        contentType: 'text/javascript',
        body: readFileSync(`.${pathname}`),
      });
    const headers = csp === undefined ? {} : { 'content-security-policy': csp };
    const body =
      '<!doctype html><html lang="en"><script type="module" src="/dist/cdn/cometchat-call.min.js"></script>';
    void request.respond({ contentType: 'text/html', headers, body });
  });
  await page.goto(`${origin}/page.html`);
  await page.waitForFunction(() => customElements.get('cometchat-call') !== undefined);
  return call;
}

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly details: { readonly reason?: string };
}

/** How the join failed, and how many ms that took. */
async function failureOf(call: CallPage, serverUrl: string): Promise<Failure & { readonly ms: number }> {
  const startedAt = Date.now();
  await call.join({ token: await world.token('ada', 'blocked'), 'server-url': serverUrl });
  const found = await call.page.waitForFunction(
    () =>
      window.observed.events.find(
        ({ name, detail }) =>
          (name === 'onError' || name === 'onConnectionFailed') &&
          !(detail as { readonly code: string }).code.startsWith('MEDIA_'),
      ),
    { timeout: 30_000, polling: 50 },
  );
  const { detail, at } = (await found.jsonValue()) as { detail: Failure; at: number };
  return { ...detail, ms: at - startedAt };
}

describe('a page that may not connect to the server', () => {
  for (const browser of ['chromium', 'firefox'] as const) {
    it(`by its content security policy: the error names it at once (${browser})`, async () => {
      const call = await pageWith(browser, {
        origin: 'https://app.example',
        csp: "connect-src 'self'",
      });
      const { code, message, details, ms } = await failureOf(call, 'https://calls.example');
      assert.deepEqual([code, details.reason], ['SERVER_BLOCKED_BY_PAGE', 'connect-src'], message);
      assert.match(message, /connect-src/);
      assert.ok(ms < 10_000, `after ${ms} ms, not at the end of the join timeout`);
    });

    it(`because it came over https and the server has none: the error names it at once (${browser})`, async () => {
      const call = await pageWith(browser, { origin: 'https://app.example' });
      const { code, message } = await failureOf(call, 'ws://calls.example:8080');
      assert.equal(code, 'INVALID_ARGUMENT', message);
      assert.match(message, /https:\/\/calls\.example:8080/);
    });
  }
});
