import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { launchChromium } from '../../tools/run/browser-options.mjs';
import { ensureChromium } from '../../tools/run/ensure-browser.mjs';
import { serveGallery } from '../../tools/shots/gallery-server.mjs';

interface Look {
  readonly color: string;
  readonly background: string;
  readonly stroke: string;
  readonly border: number;
}

describe('forced colours', () => {
  let gallery: Awaited<ReturnType<typeof serveGallery>>;
  let browser: Browser;
  let page: Page;
  before(async () => {
    gallery = await serveGallery();
    browser = await puppeteer.launch(launchChromium(await ensureChromium()));
    page = await browser.newPage();
    const devtools = await page.createCDPSession();
    await devtools.send('Emulation.setEmulatedMedia', {
      features: [
        { name: 'forced-colors', value: 'active' },
        { name: 'prefers-reduced-motion', value: 'reduce' },
      ],
    });
  });
  after(async () => {
    await browser.close();
    gallery.close();
  });

  const show = async (state: string, width = 1280): Promise<void> => {
    await page.setViewport({ width, height: 800 });
    await page.goto(`${gallery.origin}/?state=${state}`);
    await page.waitForSelector('[data-ready]');
  };

  /** How the first element that matches looks, in whichever shadow tree it is. */
  const lookOf = async (selector: string): Promise<Look> => {
    const found = await page.waitForSelector(`>>> ${selector}`);
    assert.ok(found, selector);
    return found.evaluate((element) => {
      const { color, backgroundColor, stroke, borderTopWidth } = getComputedStyle(element);
      return { color, background: backgroundColor, stroke, border: Number.parseFloat(borderTopWidth) };
    });
  };

  it('leave a switched-off microphone different from one that is on', async () => {
    await show('pair-muted');
    const off = await lookOf("[data-control='mute-audio']");
    const plain = await lookOf("[data-control='raise-hand']");
    assert.ok(off.border > plain.border && plain.border > 0);
  });

  it('leave a shared screen different from one that is not', async () => {
    await show('own-screen-share');
    const on = await lookOf("[data-control='screen-share']");
    const plain = await lookOf("[data-control='raise-hand']");
    assert.notEqual(on.background, plain.background);
  });

  it('leave signs on tiles to be seen: muted, weak, how many', async () => {
    await show('nine');
    const muted = await lookOf('.name.muted');
    assert.equal((await lookOf('.name.muted svg')).stroke, muted.color);
    assert.notEqual(muted.color, muted.background);
    assert.notEqual((await lookOf('.bars i.on')).background, (await lookOf('.badge.weak')).background);
    const count = await lookOf('.count');
    assert.notEqual(count.color, count.background);
  });

  for (const [state, selector] of [
    ['participant-list', '[part=panel]'],
    ['idle-warning', '[part=dialog]'],
    ['camera-denied', '[part=notice]'],
    ['alone', '[part=empty]'],
    ['failed', '[part=ended]'],
    ['menu-devices', 'cometchat-call-menu:popover-open'],
    ['help', '[part=dialog]'],
    ['ring-incoming-video', '[part=card]'],
  ] as const)
    it(`leave what floats an edge: ${state}`, async () => {
      await show(state);
      assert.ok((await lookOf(selector)).border > 0);
    });
});
