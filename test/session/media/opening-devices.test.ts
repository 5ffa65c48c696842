import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CallError, type CallErrorCode } from '../../../src/domain/call-error.js';
import { localParticipantOf } from '../../../src/domain/call/call-state.js';
import { device, settled } from '../../fakes/session/session-harness.js';
import { bob, world, joined, pass, requests, live, open } from './local-media-setup.js';

/** Joins with a browser that does not answer. */
async function joinedUnanswered(): Promise<void> {
  open();
  world.generous = false;
  await world.join(bob);
}

describe('microphone and camera before they are opened', () => {
  it('are opened as the user asked last, whatever the settings say', async () => {
    open();
    world.session.commands.muteAudio(true);
    assert.equal(world.session.store.get().local.microphone.wanted, false);
    await world.join(bob);
    assert.deepEqual(requests(), [{ camera: {} }]);
    assert.deepEqual(world.call.local.microphone, { wanted: false, actual: false });
  });

  it('open no camera in a voice call', async () => {
    open({ audioOnly: true });
    world.session.commands.pauseVideo(false);
    await world.join(bob);
    assert.deepEqual(requests(), [{ microphone: {} }]);
  });
});

describe('an id that names no device', () => {
  for (const id of [undefined, null, NaN, 7, {}, [], 'x'.repeat(10_000), '\u0000', '__proto__'])
    it(`is reported and changes nothing: ${String(JSON.stringify(id)).slice(0, 20)}`, async () => {
      await joined();
      const before = requests().length;
      world.session.commands.setAudioInputDevice(id as string);
      world.session.commands.setVideoInputDevice(id as string);
      await settled();
      assert.deepEqual(world.codes, ['DEVICE_NOT_FOUND', 'DEVICE_NOT_FOUND']);
      assert.equal(requests().length, before);
      assert.deepEqual(world.call.local.microphone, { wanted: true, actual: true });
    });
});

describe('a browser that does not answer', () => {
  it('is reported once for each source, and each is then asked for alone', async () => {
    await joinedUnanswered();
    await pass(5000);
    assert.deepEqual(world.codes, ['MEDIA_TIMEOUT', 'MEDIA_TIMEOUT']);
    assert.deepEqual(world.call.local.failures, { microphone: 'MEDIA_TIMEOUT', camera: 'MEDIA_TIMEOUT' });
    assert.deepEqual(requests().slice(1), [{ microphone: {} }, { camera: {} }]);
    world.prompts[1]?.grant();
    await settled();
    assert.deepEqual(world.call.local.microphone, { wanted: true, actual: true });
    assert.deepEqual(world.call.local.failures, { camera: 'MEDIA_TIMEOUT' });
  });

  it('is asked anew by a press; only one camera stays open when both requests are answered', async () => {
    await joinedUnanswered();
    await pass(5000);
    world.session.commands.pauseVideo(false);
    await settled();
    assert.deepEqual(requests().at(-1), { camera: {} });
    for (const prompt of world.prompts.slice().reverse()) prompt.grant();
    await settled();
    assert.equal(live('video').length, 1);
    assert.equal(live('audio').length, 1);
    assert.equal(world.transport.sent.get('camera'), live('video')[0]);
  });

  it('opens nothing once the camera was switched off by hand', async () => {
    await joinedUnanswered();
    await pass(5000);
    world.session.commands.pauseVideo(true);
    for (const prompt of world.prompts) prompt.grant();
    await settled();
    assert.deepEqual(live('video'), []);
    assert.equal(world.call.local.camera.actual, false);
  });

  it('may answer its question late, but a device that hangs does not come on by itself', async () => {
    for (const permission of ['prompt', 'granted'] as const) {
      await joinedUnanswered();
      world.permission = permission;
      await pass(5000);
      await pass(15_000);
      world.prompts[0]?.grant();
      await settled();
      assert.equal(world.call.local.camera.actual, permission === 'prompt');
      assert.equal(live('video').length, permission === 'prompt' ? 1 : 0);
      world.session.commands.endSession();
    }
  });

  it('for another device leaves the one in use', async () => {
    await joined();
    world.devices.set([device('videoinput', 'video'), device('videoinput', 'other')]);
    const before = world.transport.sent.get('camera');
    world.generous = false;
    world.session.commands.setVideoInputDevice('other');
    await settled();
    await pass(5000);
    assert.deepEqual(world.codes, ['MEDIA_TIMEOUT']);
    assert.equal(world.transport.sent.get('camera'), before);
    world.prompts.at(-1)?.grant();
    await settled();
    assert.equal(world.transport.sent.get('camera'), before);
    assert.equal(live('video').length, 1);
  });
});

describe('a device that does not open', () => {
  const codes: readonly CallErrorCode[] = ['MEDIA_IN_USE', 'MEDIA_DENIED', 'MEDIA_NOT_FOUND', 'MEDIA_FAILED'];

  for (const code of codes)
    it(`leaves the one in use and is reported once: ${code}`, async () => {
      await joined();
      world.devices.set([device('audioinput', 'audio'), device('audioinput', 'headset')]);
      world.devices.setActive('audioinput', 'audio');
      const before = world.transport.sent.get('microphone');
      world.generous = false;
      world.session.commands.setAudioInputDevice('headset');
      await settled();
      world.prompts.at(-1)?.answer({ microphone: new CallError(code) });
      await settled();
      assert.deepEqual(world.codes, [code]);
      assert.equal(world.transport.sent.get('microphone'), before);
      assert.deepEqual(world.call.local.microphone, { wanted: true, actual: true });
      assert.equal(localParticipantOf(world.call).audioMuted, false);
      const active = world.call.local.devices.audioInputDevices.find((one) => one.active);
      assert.equal(active?.deviceId, 'audio');
      const count = world.prompts.length;
      world.session.commands.muteAudio(true);
      world.session.commands.muteAudio(false);
      await settled();
      assert.equal(world.prompts.length, count);
      assert.equal(world.call.local.microphone.actual, true);
    });

  it('chosen while the camera is off: switching on opens the one before, with one error', async () => {
    await joined();
    world.devices.set([device('videoinput', 'video'), device('videoinput', 'other')]);
    world.session.commands.setVideoInputDevice('video');
    await settled();
    world.session.commands.pauseVideo(true);
    world.session.commands.setVideoInputDevice('other');
    const marked = world.call.local.devices.videoInputDevices.find((one) => one.active);
    assert.equal(marked?.deviceId, 'other');
    world.generous = false;
    world.session.commands.pauseVideo(false);
    await settled();
    world.prompts.at(-1)?.answer({ camera: new CallError('MEDIA_IN_USE') });
    await settled();
    assert.deepEqual(requests().at(-1), { camera: { deviceId: 'video' } });
    world.prompts.at(-1)?.grant();
    await settled();
    assert.deepEqual(world.codes, ['MEDIA_IN_USE']);
    assert.equal(world.call.local.camera.actual, true);
  });

  it('is no longer waited for when another was chosen', async () => {
    await joined();
    world.devices.set(['audio', 'one', 'two'].map((id) => device('audioinput', id)));
    world.generous = false;
    world.session.commands.setAudioInputDevice('one');
    world.session.commands.setAudioInputDevice('two');
    await settled();
    const [one, two] = world.prompts.slice(-2);
    two?.grant();
    one?.grant();
    await settled();
    assert.equal(world.transport.sent.get('microphone'), live('audio')[0]);
    assert.deepEqual(
      live('audio').map(({ settings }) => settings.deviceId),
      ['two'],
    );
    assert.deepEqual(world.codes, []);
  });

  it('the system’s default can be chosen again', async () => {
    await joined();
    world.devices.set([device('videoinput', 'one'), device('videoinput', 'two')]);
    world.session.commands.setVideoInputDevice('two');
    await settled();
    world.session.commands.setVideoInputDevice('default');
    await settled();
    assert.deepEqual(requests().at(-1), { camera: {} });
    assert.deepEqual(world.codes, []);
  });

  it('a speaker that fails leaves the one before; the newest choice counts', async () => {
    await joined();
    world.devices.set(['a', 'b', 'c'].map((id) => device('audiooutput', id)));
    const active = () => world.call.local.devices.audioOutputDevices.find((one) => one.active)?.deviceId;
    world.session.commands.setAudioOutputDevice('a');
    await settled();
    world.speaker = () => Promise.reject(new CallError('OUTPUT_FAILED'));
    world.session.commands.setAudioOutputDevice('b');
    await settled();
    assert.equal(active(), 'a');
    assert.deepEqual(world.codes, ['OUTPUT_FAILED']);
    const waiting: (() => void)[] = [];
    world.speaker = () => new Promise((resolve) => waiting.push(resolve));
    world.session.commands.setAudioOutputDevice('b');
    world.session.commands.setAudioOutputDevice('c');
    for (const resolve of waiting.reverse()) resolve();
    await settled();
    assert.equal(active(), 'c');
  });
});
