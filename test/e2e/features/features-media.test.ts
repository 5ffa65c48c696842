import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'node:test';
import type { CometChatCall } from '../../../src/element/cometchat-call.js';
import type { CallPage } from '../world/call-page.js';
import { CallWorld } from '../world/call-world.js';
import {
  isBlue,
  isGreen,
  isRed,
  press,
  setAttribute,
  tiles,
  untilPart,
  untilText,
  untilTiles,
} from '../world/interface.js';
import { paintMedia, paintTab } from '../world/painted-media.js';

const world = new CallWorld();
before(() => world.start());
afterEach(() => world.clear());

const red = { colour: 'rgb(230, 20, 20)', tone: 440 };
const blue = { colour: 'rgb(20, 20, 230)', tone: 1000 };

async function painted(uid: string, session: string, media: typeof red): Promise<CallPage> {
  const page = await world.page();
  await paintMedia(page, media);
  await page.join({ token: await world.token(uid, session) });
  return page;
}

describe('screen sharing', () => {
  it('sends the screen with its sound beside the camera and the voice; both stop together', async () => {
    const [ada, bob] = [await painted('ada', 'share', red), await painted('bob', 'share', blue)];
    await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    await paintTab(ada);
    await press(ada, 'button-screen-share');
    await ada.event('onScreenShareStarted');
    await ada.untilState('sharing');
    await bob.event('onParticipantStartedScreenShare');
    await bob.untilReceiving({ video: 2, audio: 2 });
    const seen = await untilTiles(bob, (now) =>
      now.some(({ source, colour }) => source === 'screen' && isGreen(colour)),
    );
    // The camera is still there.
    assert.ok(seen.some(({ uid, source, colour }) => uid === 'ada' && source === 'camera' && isRed(colour)));
    assert.equal(seen.find(({ role }) => role === 'front')?.source, 'screen');
    // The browser's own button.
    await ada.page.evaluate(() => {
      const [picture] = window.observed.tracks.filter(({ kind }) => kind === 'video').slice(-1);
      picture?.stop();
      picture?.dispatchEvent(new Event('ended'));
    });
    await ada.event('onScreenShareStopped');
    await bob.event('onParticipantStoppedScreenShare');
    await untilTiles(bob, (now) => now.every(({ source }) => source === 'camera'));
    assert.equal(await ada.liveTracks(), 2);
  });

  it('that the user does not choose is no error', async () => {
    const ada = await painted('ada', 'cancelled', red);
    await ada.until(1);
    await ada.page.evaluate(() => {
      navigator.mediaDevices.getDisplayMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));
    });
    await ada.call('startScreenShare');
    await ada.page.waitForFunction(
      () =>
        (document.querySelector('cometchat-call') as CometChatCall).callState.local.screen.wanted === false,
    );
    assert.equal((await ada.eventNames()).includes('onError'), false);
  });
});

describe('devices', () => {
  const labels = ({ page }: CallPage, list: 'getAudioInputDevices' | 'getVideoInputDevices') =>
    page.evaluate(
      (get) => (document.querySelector('cometchat-call') as CometChatCall)[get]().map(({ label }) => label),
      list,
    );
  const active = ({ page }: CallPage, kind: 'audioinput' | 'videoinput'): Promise<string> =>
    page.evaluate((wanted) => {
      const call = document.querySelector('cometchat-call') as CometChatCall;
      const all = [...call.getAudioInputDevices(), ...call.getVideoInputDevices()];
      return all.find((device) => device.kind === wanted && device.active)?.deviceId ?? '';
    }, kind);

  /** Chooses the last microphone that is not in use; returns its name. */
  const chooseOther = async (ada: CallPage): Promise<string> => {
    const { deviceId, label } = await ada.page.evaluate(() => {
      const call = document.querySelector('cometchat-call') as CometChatCall;
      const other = call.getAudioInputDevices().findLast((device) => !device.active);
      return { deviceId: other?.deviceId ?? '', label: other?.label ?? '' };
    });
    await ada.call('setAudioInputDevice', deviceId);
    await ada.page.waitForFunction(
      (id) =>
        (document.querySelector('cometchat-call') as CometChatCall)
          .getAudioInputDevices()
          .some(({ deviceId: other, active: used }) => used && other === id),
      {},
      deviceId,
    );
    return label;
  };

  it('another microphone takes over during the call, without a break for the others', async () => {
    const ada = await world.caller('ada', 'microphones');
    const bob = await world.caller('bob', 'microphones');
    await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    assert.ok((await labels(ada, 'getAudioInputDevices')).length > 1);
    await chooseOther(ada);
    await bob.untilReceiving({ video: 1, audio: 1 });
    assert.equal(await ada.liveTracks(), 2);
    assert.deepEqual(await ada.errors(), []);
  });

  it('a microphone that is pulled out is replaced by another, and the user sees by which', async () => {
    const ada = await world.caller('ada', 'unplugged');
    const bob = await world.caller('bob', 'unplugged');
    await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    const gone = await chooseOther(ada);
    const now = await ada.page.evaluate((lost) => {
      const { mediaDevices } = navigator;
      const list = mediaDevices.enumerateDevices.bind(mediaDevices);
      mediaDevices.enumerateDevices = async () => (await list()).filter(({ label }) => label !== lost);
      const track = window.observed.tracks.findLast(({ kind }) => kind === 'audio');
      track?.stop();
      track?.dispatchEvent(new Event('ended'));
      mediaDevices.dispatchEvent(new Event('devicechange'));
      const call = document.querySelector('cometchat-call') as CometChatCall;
      return call.getAudioInputDevices().find(({ deviceId }) => deviceId === 'default')?.label ?? '';
    }, gone);
    await untilText(ada, `${gone} was disconnected`);
    await untilText(ada, `${now} is used now.`);
    await ada.page.waitForFunction(
      () =>
        window.observed.tracks.filter(({ kind, readyState }) => kind === 'audio' && readyState === 'live')
          .length,
    );
    await bob.untilReceiving({ video: 1, audio: 1 });
    assert.notEqual(await active(ada, 'audioinput'), '');
  });

  it('switchCamera changes between front and rear camera, and mirrors only the front one', async () => {
    const ada = await world.page();
    await paintMedia(ada, red);
    await ada.page.evaluate(() => {
      const front = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      const facing = (track: MediaStreamTrack, facingMode: string): void => {
        const settings = track.getSettings.bind(track);
        track.getSettings = () => ({ ...settings(), facingMode, deviceId: facingMode });
      };
      navigator.mediaDevices.getUserMedia = async (wanted) => {
        const stream = await front(wanted);
        const video = wanted?.video as
          { facingMode?: { exact?: string; ideal?: string } | string } | undefined;
        const rear = JSON.stringify(video?.facingMode ?? '').includes('environment');
        const [camera] = stream.getVideoTracks();
        if (!camera) return stream;
        if (!rear) facing(camera, 'user');
        if (!rear) return stream;
        const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 240 });
        const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
        let at = 0;
        setInterval(() => {
          pen.fillStyle = 'rgb(20, 20, 230)';
          pen.fillRect(0, 0, 320, 240);
          pen.fillStyle = 'white';
          pen.fillRect((at = (at + 5) % 310), 4, 8, 8);
        }, 66);
        const [other] = canvas.captureStream(15).getVideoTracks();
        camera.stop();
        if (!other) return stream;
        facing(other, 'environment');
        return new MediaStream([...stream.getAudioTracks(), other]);
      };
      const device = (deviceId: string) => ({ deviceId, kind: 'videoinput', label: deviceId, groupId: '' });
      const list = [device('user'), device('environment')] as MediaDeviceInfo[];
      navigator.mediaDevices.enumerateDevices = () => Promise.resolve(list);
    });
    await ada.join({ token: await world.token('ada', 'cameras') });
    const bob = await world.caller('bob', 'cameras');
    const adaAt = (colour: (seen: readonly number[]) => boolean) =>
      untilTiles(bob, (seen) => seen.some((tile) => tile.uid === 'ada' && colour(tile.colour)));
    await adaAt(isRed);
    const mirrored = () =>
      ada.page.evaluate(
        () => (document.querySelector('cometchat-call') as CometChatCall).callState.local.facingMode,
      );
    assert.equal(await mirrored(), 'user');
    await setAttribute(ada, 'show-switch-camera-button', 'false');
    await untilPart(ada, 'button-switch-camera', false);
    await setAttribute(ada, 'show-switch-camera-button', null);
    await press(ada, 'button-switch-camera');
    await adaAt(isBlue);
    assert.equal(await mirrored(), 'environment');
    await ada.call('switchCamera');
    await adaAt(isRed);
  });

  it('an unknown device is refused with DEVICE_NOT_FOUND, a speaker of a kind that is not there with AUDIO_MODE_UNAVAILABLE', async () => {
    const ada = await world.caller('ada', 'unknown');
    await ada.until(1);
    await ada.call('setVideoInputDevice', 'nowhere');
    assert.equal(((await ada.event('onError')).detail as { code: string }).code, 'DEVICE_NOT_FOUND');
    await ada.call('setAudioMode', 'EARPIECE');
    assert.equal(((await ada.event('onError', 2)).detail as { code: string }).code, 'AUDIO_MODE_UNAVAILABLE');
  });
});

describe('picture-in-picture', () => {
  it('moves the live call into a window above all others, and back, without leaving', async () => {
    const ada = await world.caller('ada', 'pip');
    const bob = await world.caller('bob', 'pip');
    await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    await ada.page.evaluate(() => {
      const button = Object.assign(document.createElement('button'), { id: 'enter', textContent: 'PiP' });
      button.style.flex = '0';
      button.addEventListener('click', () =>
        (document.querySelector('cometchat-call') as CometChatCall).enterPictureInPicture(),
      );
      Object.assign(window, { call: document.querySelector('cometchat-call') });
      document.body.append(button);
    });
    await ada.page.click('#enter');
    await ada.page.waitForFunction(() =>
      (window as unknown as { call: CometChatCall }).call.matches(':state(pip)'),
    );
    await ada.untilReceiving({ video: 1, audio: 1 });
    await ada.page.evaluate(() => (window as unknown as { call: CometChatCall }).call.exitPictureInPicture());
    await ada.page.waitForFunction(
      () => document.querySelector('cometchat-call')?.matches(':state(pip)') === false,
    );
    await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
    assert.equal((await bob.eventNames()).includes('onUserLeft'), false);
    assert.equal((await tiles(ada)).length, 2);
  });

  it('that the browser refuses is said, and the call goes on', async () => {
    const ada = await world.caller('ada', 'pip-refused');
    await ada.until(1);
    await ada.page.evaluate(() => {
      // What browsers do without a click or key press; the tests' own calls count as one.
      const { documentPictureInPicture } = window as unknown as { documentPictureInPicture: object };
      Object.assign(documentPictureInPicture, {
        requestWindow: () => Promise.reject(new DOMException('', 'NotAllowedError')),
      });
    });
    await ada.call('enterPictureInPicture');
    assert.equal(((await ada.event('onError')).detail as { code: string }).code, 'UNSUPPORTED');
    await ada.untilState('active');
  });
});

describe('a camera and a microphone that are refused', () => {
  it('leave the call going on, say why and what to do', async () => {
    const ada = await world.page();
    await ada.page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));
    });
    await ada.join({ token: await world.token('ada', 'refused') });
    await ada.until(1);
    assert.match(((await ada.event('onError')).detail as { code: string }).code, /^MEDIA_DENIED/);
    await untilText(ada, 'Others cannot see you');
    await untilText(ada, 'Try again');
    await ada.untilState('video-paused');
  });
});
