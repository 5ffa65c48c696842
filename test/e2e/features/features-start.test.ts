import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { CometChatCall } from '../../../src/element/cometchat-call.js';
import { press, setAttribute, untilPart, untilText } from '../world/interface.js';
import { world } from './settings-setup.js';

describe('settings at the start of a call', () => {
  after(() => world.clear());

  it('start-with-audio-muted and start-with-video-muted open no device', async () => {
    const ada = await world.caller('ada', 'silent', {
      attributes: { 'start-with-audio-muted': '', 'start-with-video-muted': '' },
    });
    await ada.until(1);
    await ada.untilState('audio-muted');
    await ada.untilState('video-paused');
    assert.equal(await ada.liveTracks(), 0);
    const bob = await world.caller('bob', 'silent');
    const { detail } = await bob.event('onUserJoined');
    const { isAudioMuted, isVideoMuted } = detail as { isAudioMuted: boolean; isVideoMuted: boolean };
    assert.deepEqual([isAudioMuted, isVideoMuted], [true, true]);
    await ada.call('muteAudio', false);
    await bob.event('onUserUnMuted');
    await bob.untilReceiving({ video: 0, audio: 1 });
  });

  it('audio-only opens no camera and shows a button to switch; it can be switched off during the call', async () => {
    const [ada, bob] = [
      await world.caller('ada', 'voice', { attributes: { 'audio-only': '' } }),
      await world.caller('bob', 'voice', { attributes: { 'audio-only': '' } }),
    ];
    await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 0, audio: 1 })));
    const kinds = await ada.page.evaluate(() => window.observed.tracks.map(({ kind }) => kind));
    assert.deepEqual(kinds, ['audio']);
    await untilPart(ada, 'button-pause-video', false);
    await untilPart(ada, 'button-switch-to-video-call');
    await setAttribute(ada, 'show-switch-to-video-call-button', 'false');
    await untilPart(ada, 'button-switch-to-video-call', false);
    await Promise.all([ada, bob].map((page) => setAttribute(page, 'audio-only', null)));
    // Nobody's camera comes on by itself.
    for (const page of [ada, bob]) await press(page, 'button-pause-video');
    await Promise.all([ada, bob].map((page) => page.untilReceiving({ video: 1, audio: 1 })));
  });

  it('start-recording-on-call-start records from the first moment', async () => {
    const ada = await world.caller('ada', 'recorded', {
      attributes: { 'start-recording-on-call-start': '' },
    });
    await ada.page.evaluate(() =>
      document.addEventListener('cometchat-recording-available', (event) => event.preventDefault()),
    );
    await ada.event('onRecordingStarted');
    await untilText(ada, 'You are recording this call');
    await ada.call('endSession');
    await ada.event('onRecordingAvailable');
  });

  it('idle-timeout-period ends a call of one, after a warning with a countdown; who stays is not thrown out', async () => {
    const ada = await world.caller('ada', 'alone', { attributes: { 'idle-timeout-period': '61' } });
    await ada.until(1);
    await untilText(ada, 'Are you still there?');
    await untilText(ada, 'seconds left');
    await ada.untilState('idle-warning');
    await ada.page.evaluate(() =>
      (document.querySelector('cometchat-call') as CometChatCall).setAttribute('idle-timeout-period', '120'),
    );
    await ada.untilState('idle-warning', false);
    await setAttribute(ada, 'idle-timeout-period', '61.5');
    await untilText(ada, 'Are you still there?');
    await ada.page
      .waitForSelector('cometchat-call >>> ::-p-text(Stay in the call)')
      .then((button) => button?.click());
    await ada.untilState('idle-warning', false);
    await ada.untilState('active');
    await setAttribute(ada, 'idle-timeout-period', '2');
    await ada.event('onSessionTimeout');
    await ada.untilState('ended');
    assert.equal(await ada.liveTracks(), 0);
  });

  it('leaving from the idle warning is the end-call button, not a timeout', async () => {
    const ada = await world.caller('ada', 'leaves', { attributes: { 'idle-timeout-period': '30' } });
    await ada.until(1);
    await ada.page
      .waitForSelector('cometchat-call >>> ::-p-text(Leave now)')
      .then((button) => button?.click());
    await ada.event('onCallEndButtonPressed');
    await ada.untilState('ended');
    assert.equal((await ada.eventNames()).includes('onSessionTimeout'), false);
  });
});
