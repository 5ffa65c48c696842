import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'node:test';
import type { CallPage } from '../world/call-page.js';
import { CallWorld } from '../world/call-world.js';
import { press } from '../world/interface.js';
import {
  paintMedia,
  playRecorded,
  takeFile,
  untilRecorded,
  type PaintedMedia,
} from '../world/painted-media.js';

const world = new CallWorld();
before(() => world.start());
afterEach(() => world.clear());

const red: PaintedMedia = { colour: 'rgb(230, 20, 20)', tone: 440 };
const blue: PaintedMedia = { colour: 'rgb(20, 20, 230)', tone: 1000 };

async function painted(uid: string, session: string, media: PaintedMedia): Promise<CallPage> {
  const page = await world.page();
  await paintMedia(page, media);
  // A grid shows both beside each other.
  await page.join({ token: await world.token(uid, session), mode: 'TILE', 'show-recording-button': '' });
  return page;
}

const isRed = ([r = 0, g = 0, b = 0]: readonly number[] = []): boolean => r > 150 && g < 110 && b < 110;
const isBlue = ([r = 0, g = 0, b = 0]: readonly number[] = []): boolean => b > 150 && r < 110 && g < 110;

const noticeSays = ({ page }: CallPage, words: string): Promise<unknown> =>
  page.waitForFunction(
    (text) => {
      const view = document.querySelector('cometchat-call')?.shadowRoot?.querySelector('cometchat-call-view');
      const notices = view?.shadowRoot?.querySelector('cometchat-call-notices');
      return notices?.shadowRoot?.textContent?.includes(text);
    },
    { timeout: 30_000, polling: 50 },
    words,
  );

describe('recording', () => {
  it('makes a file that plays to its end, with both videos and both voices, and notifies all', async () => {
    const ada = await painted('ada', 'record', red);
    await takeFile(ada);
    await ada.until(1);
    await ada.call('startRecording');
    await ada.event('onRecordingStarted');
    await ada.untilState('recording');
    const bob = await painted('bob', 'record', blue);
    // A later participant learns of it, too.
    const started = (await bob.event('onRecordingStarted')).detail as { user: { uid: string } };
    assert.equal(started.user.uid, 'ada');
    await noticeSays(bob, 'Ada is recording this call');
    await noticeSays(ada, 'You are recording this call');
    await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    await ada.untilReceiving({ video: 1, audio: 1 });
    await ada.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 2500)));
    await ada.call('stopRecording');
    await untilRecorded(ada);
    const stopped = (await bob.event('onRecordingStopped')).detail as { user: { uid: string } };
    assert.equal(stopped.user.uid, 'ada');
    await ada.untilState('recording', false);
    const { durationMs } = await ada.page.evaluate(() => ({ durationMs: window.recorded.durationMs }));
    const { width, height } = await ada.page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
    const wide = width > height;
    const played = await playRecorded(ada, {
      places: wide
        ? [
            [0.25, 0.5],
            [0.75, 0.5],
          ]
        : [
            [0.5, 0.25],
            [0.5, 0.75],
          ],
      tones: [red.tone, blue.tone, 700],
    });
    assert.match(played.name, /^call-record-\d{4}-\d\d-\d\d-\d\d-\d\d\.(mp4|webm)$/);
    assert.ok(Math.abs(played.duration - durationMs / 1000) < 1, `${played.duration} s of ${durationMs} ms`);
    assert.ok(played.playedTo > played.duration - 0.3);
    assert.ok(played.pixels.some(isRed) && played.pixels.some(isBlue), JSON.stringify(played.pixels));
    const [own = 0, other = 0, none = 1] = played.tones;
    assert.ok(own > 10 * none && other > 10 * none, JSON.stringify(played.tones));
  });

  it('hanging up completes the file; without a page that takes it, it is downloaded', async () => {
    const ada = await painted('ada', 'record-end', red);
    await ada.page.evaluate(() => {
      HTMLAnchorElement.prototype.click = function () {
        window.recorded = { file: new File([], this.download), durationMs: 0 };
      };
    });
    await ada.until(1);
    await ada.call('startRecording');
    await ada.event('onRecordingStarted');
    await ada.call('endSession');
    await untilRecorded(ada);
    assert.match(await ada.page.evaluate(() => window.recorded.file.name), /^call-record-end-/);
    assert.ok((await ada.eventNames()).includes('onRecordingAvailable'));
    assert.deepEqual(await ada.errors(), []);
  });

  it('that the browser breaks off is reported once, keeps what there is, and can be started again', async () => {
    const ada = await world.page('chromium', {
      before: () => {
        const recorders: MediaRecorder[] = [];
        const { start } = MediaRecorder.prototype;
        MediaRecorder.prototype.start = function (period) {
          recorders.push(this);
          start.call(this, period);
        };
        Object.assign(window, { recorders });
      },
    });
    await ada.join({ token: await world.token('ada', 'broken'), 'show-recording-button': '' });
    const bob = await world.caller('bob', 'broken');
    await takeFile(ada);
    await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    await press(ada, 'button-recording');
    await ada.untilState('recording');
    await bob.event('onRecordingStarted');
    // A recorder whose stream gets another track ends with an error.
    await ada.page.evaluate(() => {
      const [recorder] = (window as unknown as { recorders: readonly MediaRecorder[] }).recorders;
      const [other] = document.createElement('canvas').captureStream().getTracks();
      if (other) recorder?.stream.addTrack(other);
    });
    await untilRecorded(ada);
    assert.ok((await ada.page.evaluate(() => window.recorded.file.size)) > 500);
    await ada.untilState('recording', false);
    await bob.event('onRecordingStopped');
    const errors = await ada.page.evaluate(() =>
      window.observed.events.flatMap(({ name, detail }) =>
        name === 'onError' ? [(detail as { code: string }).code] : [],
      ),
    );
    assert.deepEqual(errors, ['RECORDING_FAILED']);
    await press(ada, 'button-recording');
    await ada.untilState('recording');
    await bob.event('onRecordingStarted', 2);
    assert.deepEqual(await ada.errors(), []);
  });
});
