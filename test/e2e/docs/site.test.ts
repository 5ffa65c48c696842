import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { root } from '../../tools/bootstrap.mjs';
import { writeSite } from '../../tools/docs/site.mjs';
import { CallWorld } from '../world/call-world.js';

const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
const world = new CallWorld({ files: { '/': 'demo', '/dist': 'dist' } });

const violations = async (page: Page): Promise<unknown> => {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe: checker } = window as unknown as {
      axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations: found } = await checker.run();
    return found.map(({ id, nodes }) => [id, ...nodes.slice(0, 3).map(({ html }) => html)]);
  });
};

const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > innerWidth);

describe('the site of the documents', () => {
  let files: readonly string[];
  let page: Page;
  before(async () => {
    files = writeSite();
    await world.start();
    ({ page } = await world.page('chromium', { path: '/dist/docs/', framed: true }));
  });

  const open = async (file: string): Promise<void> => {
    await page.goto(`${world.url}/dist/docs/${file}`);
  };

  it('is served by the demo, which links to it', async () => {
    await page.goto(`${world.url}/`);
    const href = await page.$eval('nav a[href*="docs"]', (link) => link.href);
    await page.goto(href);
    assert.match(await page.$eval('h1', ({ textContent }) => textContent), /cometchat-call/);
  });

  it('is linked to in one row with the pages of the demo, on a telephone, too', async () => {
    await page.setViewport({ width: 390, height: 800 });
    await page.goto(`${world.url}/`);
    const found = await page.$eval('nav[aria-label="Demo pages"]', (nav) => ({
      rows: new Set([...nav.children].map((link) => link.getBoundingClientRect().top)).size,
      hidden: nav.scrollWidth - nav.clientWidth,
    }));
    assert.deepEqual(found, { rows: 1, hidden: 0 });
  });

  it('has no dead link', async () => {
    const links = new Map<string, string>();
    const anchors = new Map<string, readonly string[]>();
    for (const file of files) {
      await open(file);
      anchors.set(new URL(page.url()).pathname, await page.$$eval('[id]', (all) => all.map(({ id }) => id)));
      const here = await page.$$eval('a[href], img[src]', (all) =>
        all.map((each) => ('href' in each ? (each.href as string) : (each as HTMLImageElement).src)),
      );
      for (const href of here) if (href.startsWith(world.url)) links.set(href, file);
    }
    const dead: string[] = [];
    for (const [href, file] of links) {
      const { pathname, hash } = new URL(href);
      const found = anchors.get(pathname);
      const isThere = found
        ? !hash || found.includes(decodeURIComponent(hash.slice(1)))
        : (await fetch(href, { method: 'HEAD' })).ok;
      if (!isThere) dead.push(`${file}: ${href}`);
    }
    assert.deepEqual(dead, []);
  });

  for (const scheme of ['light', 'dark'])
    it(
      `is accessible and no wider than the screen, ${scheme}, wide and narrow`,
      { timeout: 300_000 },
      async () => {
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
        const wrong: unknown[] = [];
        for (const width of [1280, 390]) {
          await page.setViewport({ width, height: 800 });
          for (const file of ['index.html', 'frameworks.html', 'security.html', 'cometchat-v5.html']) {
            await open(file);
            const found = await violations(page);
            if ((found as unknown[]).length > 0 || (await isTooWide(page)))
              wrong.push({ width, file, found, tooWide: await isTooWide(page) });
          }
        }
        assert.deepEqual(wrong, []);
      },
    );

  it('is searched: by keyboard, to the section that says it', async () => {
    await page.setViewport({ width: 1280, height: 800 });
    await open('index.html');
    await page.keyboard.press('/');
    await page.keyboard.type('trusted types');
    await page.waitForSelector('#results a');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.hash === '#content-security-policy');
    assert.match(page.url(), /security\.html/);
  });
});
