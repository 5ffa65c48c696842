import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'node:test';
import { CallWorld } from '../world/call-world.js';

const world = new CallWorld();
before(() => world.start());
afterEach(() => world.clear());

describe('shortcuts', () => {
  it('mute and list themselves while the pointer is over the call, and leave typing alone', async () => {
    const ada = await world.caller('ada', 'keys');
    const bob = await world.caller('bob', 'keys');
    await Promise.all([ada, bob].map((page) => page.until(2)));
    const { page } = ada;
    await page.mouse.move(1, 1);
    const box = await page.$eval('cometchat-call', (element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    });
    await page.mouse.move(box.x, box.y);
    await page.mouse.move(box.x + 3, box.y);
    await page.keyboard.press('m');
    await ada.untilState('audio-muted');
    await bob.event('onUserMuted');
    await page.evaluate(() => {
      const field = document.createElement('input');
      document.body.append(field);
      field.focus();
    });
    await page.keyboard.press('v');
    assert.equal(await page.$eval('input', ({ value }) => value), 'v');
    await ada.untilState('video-paused', false);
    await page.$eval('input', (field) => field.remove());
    // Without the field the call lies elsewhere.
    await page.mouse.move(1, 1);
    await page.mouse.move(box.x, box.y);
    await page.keyboard.press('?');
    await page.waitForFunction(
      () =>
        document
          .querySelector('cometchat-call')
          ?.shadowRoot?.querySelector('cometchat-call-view')
          ?.shadowRoot?.querySelector('cometchat-call-shortcuts')
          ?.shadowRoot?.querySelector('dialog[open]') instanceof Element,
      { timeout: 20_000 },
    );
    assert.deepEqual(await ada.errors(), []);
  });

  it('work while the element itself has the focus, wherever the pointer is', async () => {
    const ada = await world.caller('ada', 'focused', {
      attributes: { 'push-to-talk': '', tabindex: '-1' },
    });
    await ada.untilState('active');
    await ada.page.evaluate(() => document.querySelector('cometchat-call')?.focus());
    await ada.page.keyboard.press('m');
    await ada.untilState('audio-muted');
    await ada.page.keyboard.down('Space');
    await ada.untilState('audio-muted', false);
    await ada.page.keyboard.up('Space');
    await ada.untilState('audio-muted');
    await ada.page.keyboard.press('m');
    await ada.untilState('audio-muted', false);
    assert.deepEqual(await ada.errors(), []);
  });
});
