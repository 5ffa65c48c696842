import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CometChatCall } from '../../../src/element/cometchat-call.js';
import type { CallPage } from '../world/call-page.js';
import { isBlue, isGreen, isRed, press, untilTiles } from '../world/interface.js';
import {
  chooseBlue,
  paintMedia,
  paintTab,
  playRecorded,
  takeFile,
  untilRecorded,
  type PaintedMedia,
} from '../world/painted-media.js';
import { createSfuWorld } from './sfu-world.js';

const { world, skip } = await createSfuWorld();

const red: PaintedMedia = { colour: 'rgb(230, 20, 20)', tone: 440 };
const blue: PaintedMedia = { colour: 'rgb(20, 20, 230)', tone: 1000 };
const gray: PaintedMedia = { colour: 'rgb(120, 120, 120)', tone: 1500 };

async function join(
  uid: string,
  session: string,
  media: PaintedMedia,
  attributes: Readonly<Record<string, string>>,
): Promise<CallPage> {
  const page = await world.page();
  await paintMedia(page, media);
  await page.join({ token: await world.token(uid, session), mode: 'TILE', ...attributes });
  return page;
}

/** A call of three, who have all moved to the SFU. */
async function callOnSfu(
  session: string,
  attributes: Readonly<Record<string, string>> = {},
): Promise<readonly [CallPage, CallPage, CallPage]> {
  const pages = [
    await join('ada', session, red, attributes),
    await join('bob', session, blue, attributes),
    await join('cyd', session, gray, attributes),
  ] as const;
  await Promise.all(pages.map((page) => page.until(3)));
  for (const { page } of pages)
    await page.waitForFunction(
      () =>
        window.observed.connections.filter(({ connectionState }) => connectionState === 'connected')
          .length === 1,
      { timeout: 30_000, polling: 50 },
    );
  return pages;
}

describe('a call on the SFU', { skip }, () => {
  describe('with video', () => {
    let [ada, bob, cyd] = [] as unknown as readonly [CallPage, CallPage, CallPage];
    before(async () => {
      [ada, bob, cyd] = await callOnSfu('features', { 'show-recording-button': '' });
      await Promise.all([ada, bob, cyd].map((page) => page.untilReceiving({ video: 2, audio: 2 })));
    });
    after(() => world.clear());

    it('shows a muted microphone and a paused camera to the others, and both come back', async () => {
      await ada.call('muteAudio', true);
      await ada.call('pauseVideo', true);
      await untilTiles(bob, (now) =>
        now.every(({ uid, source, colour }) => uid !== 'ada' || source !== 'camera' || !isRed(colour)),
      );
      await ada.call('muteAudio', false);
      await ada.call('pauseVideo', false);
      await untilTiles(bob, (now) => now.some(({ uid, colour }) => uid === 'ada' && isRed(colour)));
      await bob.untilReceiving({ video: 2, audio: 2 });
    });

    it('shows how good the connections are', async () => {
      await bob.page.waitForFunction(
        () => {
          const { callState } = document.querySelector('cometchat-call') as CometChatCall;
          if (callState.phase !== 'active') return false;
          const remote = [...callState.participants.keys()].filter((id) => id !== callState.selfId);
          return remote.every((id) => (callState.qualities.get(id) ?? 0) > 0);
        },
        { timeout: 30_000, polling: 100 },
      );
    });

    it('sends the screen with its sound beside camera and voice; both stop together', async () => {
      await paintTab(ada);
      await press(ada, 'button-screen-share');
      await ada.untilState('sharing');
      await Promise.all([bob, cyd].map((page) => page.untilReceiving({ video: 3, audio: 3 })));
      await untilTiles(cyd, (now) =>
        now.some(({ source, colour }) => source === 'screen' && isGreen(colour)),
      );
      await ada.call('stopScreenShare');
      await bob.event('onParticipantStoppedScreenShare');
      await untilTiles(cyd, (now) => now.every(({ source }) => source === 'camera'));
    });

    it('is recorded with all voices', async () => {
      await takeFile(ada);
      await ada.call('startRecording');
      await bob.event('onRecordingStarted');
      await ada.untilReceiving({ video: 2, audio: 2 });
      await ada.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 2500)));
      await ada.call('stopRecording');
      await untilRecorded(ada);
      const { pixels, tones } = await playRecorded(ada, {
        places: [
          [0.25, 0.25],
          [0.75, 0.25],
          [0.25, 0.75],
          [0.5, 0.75],
          [0.75, 0.75],
        ],
        tones: [red.tone, blue.tone, gray.tone, 700],
      });
      const [own = 0, second = 0, third = 0, none = 1] = tones;
      assert.ok(Math.min(own, second, third) > 10 * none, JSON.stringify(tones));
      assert.ok(pixels.some(isRed) && pixels.some(isBlue), JSON.stringify(pixels));
    });

    it('hides the background of a camera', async () => {
      await chooseBlue(ada);
      await untilTiles(cyd, (now) => now.some(({ uid, colour }) => uid === 'ada' && isBlue(colour)));
      assert.deepEqual(await ada.errors(), []);
    });
  });

  it('of voices sends no video', async () => {
    const pages = await callOnSfu('voices', { 'audio-only': '' });
    await Promise.all(pages.map((page) => page.untilReceiving({ video: 0, audio: 2 })));
    for (const page of pages) {
      assert.deepEqual(Object.keys((await page.received()).frames), []);
      assert.equal(await page.liveTracks(), 1, 'only the microphone is open');
      assert.deepEqual(await page.errors(), []);
    }
    await world.clear();
  });
});
