import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CometChatCall } from '../../../src/element/cometchat-call.js';
import type { CallPage } from '../world/call-page.js';
import {
  press,
  set,
  setAttribute,
  styleOf,
  tiles,
  untilPart,
  untilStyle,
  untilTiles,
  type SeenTile,
} from '../world/interface.js';
import { world } from './settings-setup.js';

const roles = (seen: readonly SeenTile[]): readonly string[] => seen.map(({ role }) => role).sort();

const viewport = { width: 1400, height: 700 };

/** Settings that hide a button by `="false"`, and show it again when the attribute is removed. */
const buttons: readonly (readonly [attribute: string, part: string])[] = [
  ['show-end-call-button', 'button-end-call'],
  ['show-mute-audio-button', 'button-mute-audio'],
  ['show-pause-video-button', 'button-pause-video'],
  ['show-screen-share-button', 'button-screen-share'],
  ['show-mode-button', 'button-mode'],
  ['show-audio-mode-button', 'button-audio-mode'],
  ['show-raise-hand-button', 'button-raise-hand'],
  ['show-participant-list-button', 'button-participants'],
];

describe('settings of the element, changed during a call of two', () => {
  let ada: CallPage;
  let bob: CallPage;
  before(async () => {
    [ada, bob] = [await world.caller('ada', 'settings'), await world.caller('bob', 'settings')];
    await ada.page.setViewport(viewport);
    await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
  });
  after(() => world.clear());

  for (const [attribute, part] of buttons)
    it(`${attribute}="false" hides the button; without the attribute it shows`, async () => {
      await untilPart(ada, part);
      await setAttribute(ada, attribute, 'false');
      await untilPart(ada, part, false);
      await setAttribute(ada, attribute, null);
      await untilPart(ada, part);
    });

  it('show-recording-button shows the button', async () => {
    await untilPart(ada, 'button-recording', false);
    await setAttribute(ada, 'show-recording-button', '');
    await untilPart(ada, 'button-recording');
    await set(ada, { showRecordingButton: false });
    await untilPart(ada, 'button-recording', false);
  });

  it('enable-default-layout="false" leaves the media alone; pages draw the rest', async () => {
    await setAttribute(ada, 'enable-default-layout', 'false');
    await untilPart(ada, 'toolbar', false);
    assert.equal((await tiles(ada)).length, 2);
    await ada.untilReceiving({ video: 1, audio: 1 });
    // The page's own button.
    await ada.call('muteAudio', true);
    await bob.event('onUserMuted');
    await ada.call('muteAudio', false);
    await set(ada, { enableDefaultLayout: true });
    await untilPart(ada, 'toolbar');
  });

  it('mode changes the layout: two float, a grid, one in front', async () => {
    assert.deepEqual(roles(await tiles(ada)), ['front', 'self-view']);
    await setAttribute(ada, 'mode', 'tile');
    await untilTiles(ada, (seen) => roles(seen).join() === 'grid,grid');
    await set(ada, { mode: 'SPOTLIGHT' });
    const seen = await untilTiles(ada, (now) => roles(now).join() === 'filmstrip,front');
    assert.equal(seen.find(({ role }) => role === 'front')?.uid, 'bob');
    await ada.event('onCallLayoutChanged', 2);
    await setAttribute(ada, 'mode', null);
    await untilTiles(ada, (now) => roles(now).join() === 'front,self-view');
  });

  it('single-mode shows one participant, and no choice of layouts', async () => {
    await setAttribute(ada, 'mode', 'tile');
    await setAttribute(ada, 'single-mode', '');
    await untilTiles(ada, (seen) => roles(seen).join() === 'front,self-view');
    await untilPart(ada, 'button-mode', false);
    await setAttribute(ada, 'single-mode', null);
    await setAttribute(ada, 'mode', null);
    await untilPart(ada, 'button-mode');
  });

  it('avatar-mode is the shape of the avatar of a participant without video', async () => {
    await bob.call('pauseVideo', true);
    await ada.event('onParticipantVideoPaused');
    const radius = () => styleOf(ada, '[part~="tile-front"] >>> .avatar', 'border-top-left-radius');
    assert.equal(await radius(), '50%');
    await setAttribute(ada, 'avatar-mode', 'square');
    await ada.page.waitForSelector('cometchat-call >>> .avatar.square');
    assert.notEqual(await radius(), '50%');
    await setAttribute(ada, 'avatar-mode', 'fullscreen');
    await ada.page.waitForSelector('cometchat-call >>> .avatar.fullscreen');
    assert.equal(await radius(), '0px');
    await setAttribute(ada, 'avatar-mode', null);
    await bob.call('pauseVideo', false);
    await ada.untilReceiving({ video: 1, audio: 1 });
  });

  it('main-video-aspect-ratio shows all of the picture in front, or fills its tile', async () => {
    const untilFit = (fit: string) => untilStyle(ada, '[part~="tile-front"] >>> video', 'object-fit', fit);
    // The stage is much wider than the picture: more than a sliver would be lost.
    await ada.page.setViewport({ width: 1400, height: 500 });
    await untilFit('contain');
    await setAttribute(ada, 'main-video-aspect-ratio', 'cover');
    await untilFit('cover');
    await setAttribute(ada, 'main-video-aspect-ratio', null);
    await ada.page.setViewport(viewport);
  });

  it('the name in front has its corner, its colour, and can be left out', async () => {
    const front = '[part~="tile-front"] >>> ';
    const frontLabel = async () => (await tiles(ada)).find(({ role }) => role === 'front')?.label;
    assert.equal(await frontLabel(), 'Bob');
    await ada.page.waitForSelector(`cometchat-call >>> ${front}.corner.bottom-left [part~="name"]`);
    await set(ada, { nameLabelPosition: 'top-right', nameLabelColor: 'rgb(1, 2, 3)' });
    await ada.page.waitForSelector(`cometchat-call >>> ${front}.corner.top-right [part~="name"]`);
    assert.match(await styleOf(ada, `${front}[part~="name"]`, 'background-color'), /rgb\(1, 2, 3\)/);
    await setAttribute(ada, 'show-name-label', 'false');
    await untilTiles(ada, (seen) => seen.some(({ role, label }) => role === 'front' && label === ''));
    await setAttribute(ada, 'show-name-label', null);
    await untilTiles(ada, (seen) => seen.some(({ role, label }) => role === 'front' && label === 'Bob'));
  });

  it('the network label and the full-screen button have their corners, and can be left out', async () => {
    const front = 'cometchat-call >>> [part~="tile-front"] >>> ';
    await set(ada, { networkLabelPosition: 'top-left', fullScreenButtonPosition: 'top-left' });
    await ada.page.waitForSelector(`${front}.corner.top-left .bars`);
    await ada.page.waitForSelector(`${front}.corner.top-left [aria-label="Full screen"]`);
    await setAttribute(ada, 'show-network-label', 'false');
    await ada.page.waitForSelector(`${front}.bars`, { hidden: true });
    await setAttribute(ada, 'show-full-screen-button', 'false');
    await ada.page.waitForSelector(`${front}[aria-label="Full screen"]`, { hidden: true });
    await setAttribute(ada, 'show-network-label', null);
    await setAttribute(ada, 'show-full-screen-button', null);
    await set(ada, { networkLabelPosition: 'bottom-right', fullScreenButtonPosition: 'bottom-right' });
    await ada.page.waitForSelector(`${front}.corner.bottom-right [aria-label="Full screen"]`);
  });

  it('a click on a tile pins it, unless enable-video-tile-click="false"', async () => {
    await setAttribute(ada, 'mode', 'tile');
    await untilTiles(ada, (seen) => roles(seen).join() === 'grid,grid');
    await setAttribute(ada, 'enable-video-tile-click', 'false');
    await press(ada, 'tile-grid');
    assert.deepEqual(roles(await tiles(ada)), ['grid', 'grid']);
    await setAttribute(ada, 'enable-video-tile-click', null);
    await press(ada, 'tile-grid');
    await untilTiles(ada, (seen) => roles(seen).join() === 'filmstrip,front');
    await press(ada, 'tile-front');
    await untilTiles(ada, (seen) => roles(seen).join() === 'grid,grid');
    await setAttribute(ada, 'mode', null);
    await untilTiles(ada, (seen) => roles(seen).join() === 'front,self-view');
  });

  it('the own picture can be dragged to another corner, unless enable-draggable-video-tile="false"', async () => {
    const corner = async () => {
      const tile = await ada.page.waitForSelector('cometchat-call >>> [part~="tile-self-view"]');
      const box = await tile?.boundingBox();
      return box ? [box.x + box.width / 2 > 700, box.y + box.height / 2 > 320] : [];
    };
    const drag = async () => {
      const tile = await ada.page.waitForSelector('cometchat-call >>> [part~="tile-self-view"]');
      const box = await tile?.boundingBox();
      if (!box) throw new Error('It is not to be seen.');
      const { mouse } = ada.page;
      await mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await mouse.down();
      await mouse.move(500, 300, { steps: 5 });
      await mouse.move(60, 60, { steps: 5 });
      await mouse.up();
    };
    const before = await corner();
    assert.deepEqual(before, [true, true]);
    await setAttribute(ada, 'enable-draggable-video-tile', 'false');
    await drag();
    assert.deepEqual(await corner(), before);
    await setAttribute(ada, 'enable-draggable-video-tile', null);
    // What drags it is loaded by the first press, which may be over by then.
    const deadline = Date.now() + 10_000;
    while ((await corner()).join() !== 'false,false' && Date.now() < deadline) {
      await drag();
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    assert.deepEqual(await corner(), [false, false]);
  });

  it('localizedStrings replaces words of the interface, also during the call', async () => {
    await set(ada, { localizedStrings: { END_CALL_TEXT: 'Auflegen', muteMicrophone: 'Stumm' } });
    for (const text of ['Auflegen', 'Stumm'])
      await ada.page.waitForSelector(`cometchat-call >>> [aria-label="${text}"]`);
    await set(ada, { localizedStrings: {} });
    await ada.page.waitForSelector('cometchat-call >>> [aria-label="Leave the call"]');
  });

  it('default-audio-mode sends the sound to a speaker of that kind', async () => {
    await set(ada, { defaultAudioMode: 'SPEAKER' });
    await ada.page.waitForFunction(() =>
      (document.querySelector('cometchat-call') as CometChatCall)
        .getAudioOutputDevices()
        .some(({ active }) => active),
    );
  });

  it('the look follows the tokens that the page sets', async () => {
    const accent = (page: CallPage) =>
      page.page.evaluate(() =>
        getComputedStyle(document.querySelector('cometchat-call') as Element).getPropertyValue(
          '--cometchat-accent',
        ),
      );
    assert.notEqual(await accent(ada), '');
    await ada.page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('cometchat-call { --cometchat-accent: rgb(9, 8, 7); }');
      document.adoptedStyleSheets = [sheet];
    });
    assert.equal(await accent(ada), 'rgb(9, 8, 7)');
  });
});
