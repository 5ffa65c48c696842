import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'node:test';
import type { CallPage } from '../world/call-page.js';
import { CallWorld, type BrowserName } from '../world/call-world.js';
import { isBlue, isRed, press, pressText, untilText, untilTiles, type SeenTile } from '../world/interface.js';
import { chooseBlue, paintMedia } from '../world/painted-media.js';

const world = new CallWorld();
before(() => world.start());
afterEach(() => world.clear());

const red = { colour: 'rgb(230, 20, 20)', tone: 440 };

/** Nobody is in a picture of one colour: all of it is background. */
async function painted(
  session: string,
  attributes: Readonly<Record<string, string>> = {},
  browser: BrowserName = 'chromium',
): Promise<CallPage> {
  const page = await world.page(browser);
  await paintMedia(page, red);
  await page.join({ token: await world.token('ada', session), ...attributes });
  return page;
}

const seesAda = (
  page: CallPage,
  looks: (colour: readonly number[]) => boolean,
): Promise<readonly SeenTile[]> =>
  untilTiles(page, (tiles) => tiles.some(({ uid, colour }) => uid === 'ada' && looks(colour)));

/** How many workers the page has. */
const workers = ({ page }: CallPage): number => page.workers().length;

for (const browser of ['chromium', 'firefox'] as const)
  describe(`a background (${browser})`, () => {
    it('is what the other page sees, through pause and return, until it is taken away', async () => {
      const session = `background-${browser}`;
      const ada = await painted(session, {}, browser);
      const bob = await world.caller('bob', session);
      await seesAda(bob, isRed);
      await chooseBlue(ada);
      await seesAda(bob, isBlue);
      await seesAda(ada, isBlue);
      await ada.call('pauseVideo', true);
      await ada.untilState('video-paused');
      assert.equal(await ada.liveTracks(), 1, 'only the microphone is open');
      await ada.call('pauseVideo', false);
      await ada.untilState('video-paused', false);
      await seesAda(bob, isBlue);
      await ada.call('setBackgroundBlur', 0);
      await seesAda(bob, isRed);
      await ada.call('endSession');
      await ada.untilState('ended');
      assert.equal(await ada.liveTracks(), 0);
      if (browser === 'chromium') assert.equal(workers(ada), 0);
      assert.deepEqual(await ada.errors(), []);
    });
  });

describe('a background that cannot be had', () => {
  it('turns the camera off and says so; turned on again, it is seen as it is', async () => {
    const ada = await painted('nowhere', { 'background-blur': '50', 'processor-assets-url': '/nowhere' });
    const bob = await world.caller('bob', 'nowhere');
    await untilText(ada, 'Your camera was turned off');
    await ada.untilState('video-paused');
    await bob.untilReceiving({ video: 0, audio: 1 });
    await ada.call('pauseVideo', false);
    await seesAda(bob, isRed);
    const { detail } = await ada.event('onError');
    const { code, details } = detail as { readonly code: string; readonly details: unknown };
    assert.deepEqual([code, details], ['PROCESSING_DROPPED', { source: 'camera', reason: 'failed' }]);
  });

  it('and that is enforced turns the camera off: the raw camera is never sent', async () => {
    const ada = await painted('enforced', {
      'background-blur': '50',
      'background-choices': 'none',
      'processor-assets-url': '/nowhere',
    });
    const bob = await world.caller('bob', 'enforced');
    await ada.untilState('video-paused');
    await untilText(ada, 'Your camera was turned off');
    await bob.untilReceiving({ video: 0, audio: 1 });
    assert.equal(await ada.liveTracks(), 1);
  });
});

describe('the choice of a background', () => {
  it('opens from the device menu, and what is chosen is what the other page sees', async () => {
    const ada = await painted('choice', { 'background-choices': 'blur builtin' });
    const bob = await world.caller('bob', 'choice');
    await seesAda(bob, isRed);
    await press(ada, 'button-audio-mode');
    await pressText(ada, 'Background and effects');
    const sea = await ada.page.waitForSelector('cometchat-call >>> input[value="builtin:sea"]');
    await sea?.evaluate((input) => (input as HTMLInputElement).click());
    await seesAda(bob, ([r = 0, g = 0, b = 0]) => r < 140 && g > 120 && b > 150);
  });
});
