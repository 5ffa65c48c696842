import { afterEach, before } from 'node:test';
import type { CallPage } from '../world/call-page.js';
import { CallWorld, type BrowserName } from '../world/call-world.js';
import '../world/sdk-page.js';

export const world = new CallWorld();

before(() => world.start());

afterEach(() => world.clear());

export const notLoaded = 'Part of the call could not be loaded';

/** Keeps a file from the page, by whatever address; returns what gives it back. */
async function block({ page }: CallPage, file: string): Promise<() => void> {
  let blocked = true;
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    if (blocked && new URL(request.url()).pathname.endsWith(`/${file}.js`))
      void request.respond({ status: 404, contentType: 'text/plain', body: 'gone' });
    else void request.continue();
  });
  return () => (blocked = false);
}

/** A page that cannot have the file. */
export async function without(
  file: string,
  browser: BrowserName = 'chromium',
  before?: () => void,
  path = '/call.html',
) {
  const ada = await world.page(browser, { path, ...(before && { before }) });
  const giveBack = await block(ada, file);
  return { ada, giveBack };
}

export async function join(page: CallPage, uid: string, session: string, attributes = {}): Promise<void> {
  await page.join({ token: await world.token(uid, session), ...attributes });
}

export async function untilFailure(ada: CallPage, code: string): Promise<void> {
  await ada.page.waitForFunction(
    (wanted) =>
      window.observed.events.some(
        ({ name, detail }) =>
          (name === 'onError' || name === 'onConnectionFailed') &&
          (detail as { readonly code: string }).code === wanted,
      ),
    { timeout: 40_000 },
    code,
  );
}
