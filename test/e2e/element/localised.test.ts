import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'node:test';
import { templates as ar } from '../../../src/ui/i18n/locales/ar.js';
import { templates as de } from '../../../src/ui/i18n/locales/de.js';
import type { CallPage } from '../world/call-page.js';
import { CallWorld } from '../world/call-world.js';

const world = new CallWorld();
before(() => world.start());
afterEach(() => world.clear());

const speak = ({ page }: CallPage, lang: string, dir: string): Promise<void> =>
  page.evaluate(
    (tag, direction) => void Object.assign(document.documentElement, { lang: tag, dir: direction }),
    lang,
    dir,
  );

const labelled = ({ page }: CallPage, part: string, label: string | undefined) =>
  page.waitForSelector(`cometchat-call >>> [part~="${part}"][aria-label="${label}"]`, { visible: true });

/** Waits until it has come to rest on that side. */
const untilOn = async (side: 'left' | 'right', { page }: CallPage, part: string): Promise<void> => {
  const element = await page.waitForSelector(`cometchat-call >>> [part~="${part}"]`, { visible: true });
  await page.waitForFunction(
    (found, onLeft) => {
      const { left = 0, width = 0 } = found?.getBoundingClientRect() ?? {};
      return width > 0 && left + width / 2 < innerWidth / 2 === onLeft;
    },
    {},
    element,
    side === 'left',
  );
};

const locales = ({ page }: CallPage): Promise<readonly string[]> =>
  page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .flatMap(({ name }) => /\/locales\/([\w-]+)\.js/.exec(name)?.[1] ?? []),
  );

describe('a call in the language of its page', () => {
  it('is Arabic from right to left, and German from left to right as soon as the page is', async () => {
    const ada = await world.page();
    await ada.page.setViewport({ width: 1280, height: 800 });
    await speak(ada, 'ar', 'rtl');
    const english = await world.caller('bob', 'arabic');
    await ada.join({ token: await world.token('ada', 'arabic') });
    await Promise.all([ada, english].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    await labelled(ada, 'button-mute-audio', ar['mute-microphone']);
    await labelled(english, 'button-mute-audio', 'Mute microphone');
    assert.deepEqual(await locales(ada), ['ar'], 'only the language that is spoken is downloaded');
    assert.deepEqual(await locales(english), [], 'English is there already');
    await untilOn('left', ada, 'button-participants');
    await untilOn('left', ada, 'tile-self-view');
    await speak(ada, 'de', 'ltr');
    await labelled(ada, 'button-mute-audio', de['mute-microphone']);
    assert.deepEqual([...(await locales(ada))].sort(), ['ar', 'de']);
    await untilOn('right', ada, 'button-participants');
    await untilOn('right', ada, 'tile-self-view');
    await ada.untilReceiving({ video: 1, audio: 1 });
    assert.deepEqual(await ada.errors(), []);
  });

  it('calls a guest without a name so in the language of who sees them', async () => {
    const tabs = [await world.page(), await world.page()] as const;
    await speak(tabs[0], 'de', 'ltr');
    for (const tab of tabs) await tab.join({ signaling: 'broadcast', 'session-id': 'nameless' });
    await Promise.all(tabs.map((tab) => tab.until(2)));
    const seen = ({ page }: CallPage, name: string | undefined) =>
      page.waitForFunction(
        (wanted) => {
          const view = document
            .querySelector('cometchat-call')
            ?.shadowRoot?.querySelector('cometchat-call-view');
          const stage = view?.shadowRoot?.querySelector('cometchat-call-stage');
          return [...(stage?.shadowRoot?.querySelectorAll('cometchat-call-tile') ?? [])].some(
            ({ shadowRoot }) => shadowRoot?.querySelector('[part~="name"]')?.textContent?.trim() === wanted,
          );
        },
        { polling: 50 },
        name,
      );
    await Promise.all([seen(tabs[0], de['someone']), seen(tabs[1], 'Guest')]);
  });
});
