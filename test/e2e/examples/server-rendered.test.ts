import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { prepareExamples, run } from '../../tools/run/example-workspace.mjs';
import { CallWorld } from '../world/call-world.js';

const folder = mkdtempSync(join(tmpdir(), 'cometchat-call-server-rendered-'));
const world = new CallWorld({ files: { '/': folder, '/dist': 'dist' } });

/** What the server of an application writes. */
const render = `
  import { render } from '@lit-labs/ssr';
  import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
  import { html } from 'lit';
  import 'cometchat-call';
  const call = html\`<cometchat-call session-id="ssr" user-name="Ada" signaling="broadcast"></cometchat-call>\`;
  console.log(await collectResult(render(call)));`;

const boxOf = (page: Page): Promise<unknown> =>
  page.$eval('#place', (place) =>
    [place, place.firstElementChild].map((each) => {
      const { width, height } = each?.getBoundingClientRect() ?? new DOMRect();
      return [width, height];
    }),
  );

describe('an element that Lit renders on the server', () => {
  before(async () => {
    prepareExamples();
    const tag = run(process.execPath, ['--input-type=module', '-e', render]);
    const page = (script: string): string =>
      `<!doctype html><html lang="en"><title>Call</title><link rel="icon" href="data:,">${script}<div id="place">${tag}</div></html>`;
    writeFileSync(join(folder, 'placeholder.html'), page(''));
    const script = '<script type="module" src="/dist/cdn/cometchat-call-element.min.js"></script>';
    writeFileSync(join(folder, 'call.html'), page(script));
    await world.start();
  });
  afterEach(() => world.clear());
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is a placeholder of the size of the call, before any script', async () => {
    const placeholder = await world.page('chromium', {
      path: '/placeholder.html',
      framed: true,
      inline: true,
    });
    const call = await world.page('chromium', { path: '/call.html', inline: true });
    await call.untilState('active');
    const [expected, found] = [await boxOf(call.page), await boxOf(placeholder.page)];
    assert.deepEqual(found, expected);
    assert.ok(JSON.stringify(found).match(/288/), JSON.stringify(found));
  });

  it('becomes one call, without what the server had drawn', async () => {
    const { page } = await world.page('chromium', { path: '/call.html', inline: true });
    await page.waitForFunction(() => document.querySelector('cometchat-call')?.matches(':state(active)'));
    const [slots, views, styles] = await page.$eval('cometchat-call', ({ shadowRoot }) =>
      ['slot:not([name])', '#view', 'style'].map((each) => shadowRoot?.querySelectorAll(each).length),
    );
    assert.deepEqual([slots, views, styles], [1, 1, 0]);
  });
});
