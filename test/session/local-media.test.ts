import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { CallError, type CallErrorCode } from '../../src/domain/call-error.js';
import { localParticipantOf } from '../../src/domain/call/call-state.js';
import { provideMediaClasses, type FakeTrack } from '../fakes/media/node-media.js';
import { participant } from '../fakes/ui/participants.js';
import { device, joinAnswer, real, SessionHarness, settled } from '../fakes/session/session-harness.js';

provideMediaClasses();

const bob = participant('b');
let world: SessionHarness;

async function joined(...args: ConstructorParameters<typeof SessionHarness>): Promise<void> {
  world = new SessionHarness(...args);
  await world.join(bob);
}

/** Joins with a browser that does not answer. */
async function joinedUnanswered(): Promise<void> {
  world = new SessionHarness();
  world.generous = false;
  await world.join(bob);
}

async function pass(ms: number): Promise<void> {
  mock.timers.tick(ms);
  await settled();
}

const requests = () => world.prompts.map(({ request }) => request);
const live = (kind: string): readonly FakeTrack[] =>
  world.tracks.filter((track) => track.kind === kind && track.readyState === 'live');

beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'setInterval'] }));
afterEach(() => {
  world.session.endSession();
  mock.timers.reset();
});

describe('microphone and camera before they are opened', () => {
  it('are opened as the user asked last, whatever the settings say', async () => {
    world = new SessionHarness();
    world.session.muteAudio(true);
    assert.equal(world.session.store.get().local.microphone.wanted, false);
    await world.join(bob);
    assert.deepEqual(requests(), [{ camera: {} }]);
    assert.deepEqual(world.call.local.microphone, { wanted: false, actual: false });
  });

  it('open no camera in a voice call', async () => {
    world = new SessionHarness({ audioOnly: true });
    world.session.pauseVideo(false);
    await world.join(bob);
    assert.deepEqual(requests(), [{ microphone: {} }]);
  });
});

describe('an id that names no device', () => {
  for (const id of [undefined, null, NaN, 7, {}, [], 'x'.repeat(10_000), '\u0000', '__proto__'])
    it(`is reported and changes nothing: ${String(JSON.stringify(id)).slice(0, 20)}`, async () => {
      await joined();
      const before = requests().length;
      world.session.setAudioInputDevice(id as string);
      world.session.setVideoInputDevice(id as string);
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
    assert.deepEqual(world.call.local.trouble, { microphone: 'MEDIA_TIMEOUT', camera: 'MEDIA_TIMEOUT' });
    assert.deepEqual(requests().slice(1), [{ microphone: {} }, { camera: {} }]);
    world.prompts[1]?.grant();
    await settled();
    assert.deepEqual(world.call.local.microphone, { wanted: true, actual: true });
    assert.deepEqual(world.call.local.trouble, { camera: 'MEDIA_TIMEOUT' });
  });

  it('is asked anew by a press; only one camera stays open when both requests are answered', async () => {
    await joinedUnanswered();
    await pass(5000);
    world.session.pauseVideo(false);
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
    world.session.pauseVideo(true);
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
      world.session.endSession();
    }
  });

  it('for another device leaves the one in use', async () => {
    await joined();
    world.devices.set([device('videoinput', 'video'), device('videoinput', 'other')]);
    const before = world.transport.sent.get('camera');
    world.generous = false;
    world.session.setVideoInputDevice('other');
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
      world.session.setAudioInputDevice('headset');
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
      world.session.muteAudio(true);
      world.session.muteAudio(false);
      await settled();
      assert.equal(world.prompts.length, count);
      assert.equal(world.call.local.microphone.actual, true);
    });

  it('chosen while the camera is off: switching on opens the one before, with one error', async () => {
    await joined();
    world.devices.set([device('videoinput', 'video'), device('videoinput', 'other')]);
    world.session.setVideoInputDevice('video');
    await settled();
    world.session.pauseVideo(true);
    world.session.setVideoInputDevice('other');
    const marked = world.call.local.devices.videoInputDevices.find((one) => one.active);
    assert.equal(marked?.deviceId, 'other');
    world.generous = false;
    world.session.pauseVideo(false);
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
    world.session.setAudioInputDevice('one');
    world.session.setAudioInputDevice('two');
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
    world.session.setVideoInputDevice('two');
    await settled();
    world.session.setVideoInputDevice('default');
    await settled();
    assert.deepEqual(requests().at(-1), { camera: {} });
    assert.deepEqual(world.codes, []);
  });

  it('a speaker that fails leaves the one before; the newest choice counts', async () => {
    await joined();
    world.devices.set(['a', 'b', 'c'].map((id) => device('audiooutput', id)));
    const active = () => world.call.local.devices.audioOutputDevices.find((one) => one.active)?.deviceId;
    world.session.setAudioOutputDevice('a');
    await settled();
    world.speaker = () => Promise.reject(new CallError('OUTPUT_FAILED'));
    world.session.setAudioOutputDevice('b');
    await settled();
    assert.equal(active(), 'a');
    assert.deepEqual(world.codes, ['OUTPUT_FAILED']);
    const waiting: (() => void)[] = [];
    world.speaker = () => new Promise((resolve) => waiting.push(resolve));
    world.session.setAudioOutputDevice('b');
    world.session.setAudioOutputDevice('c');
    for (const resolve of waiting.reverse()) resolve();
    await settled();
    assert.equal(active(), 'c');
  });
});

describe('a track that the system interrupts', () => {
  it('is shown as muted on both sides, and comes back with it', async () => {
    await joined();
    const [microphone] = live('audio');
    microphone?.interrupt(true);
    await settled();
    assert.equal(localParticipantOf(world.call).audioMuted, true);
    assert.deepEqual(world.call.local.microphone, { wanted: true, actual: false });
    assert.deepEqual(world.call.local.trouble, { microphone: 'MEDIA_INTERRUPTED' });
    assert.deepEqual(world.codes, ['MEDIA_INTERRUPTED']);
    microphone?.interrupt(false);
    await settled();
    assert.equal(localParticipantOf(world.call).audioMuted, false);
    assert.deepEqual(world.call.local.trouble, {});
  });

  it('is opened anew when the page is shown and it is still muted', async () => {
    await joined();
    live('video')[0]?.interrupt(true);
    world.shown();
    await pass(500);
    assert.deepEqual(requests().at(-1), { camera: {} });
    assert.equal(world.call.local.camera.actual, true);
  });

  it('stays off when the user switched it off meanwhile', async () => {
    await joined();
    const [microphone] = live('audio');
    microphone?.interrupt(true);
    world.session.muteAudio(true);
    microphone?.interrupt(false);
    world.shown();
    await pass(500);
    assert.equal(microphone?.enabled, false);
    assert.equal(world.prompts.length, 1);
  });
});

describe('permission that is taken back', () => {
  it('is not asked for again by itself', async () => {
    await joined();
    world.permission = 'prompt';
    live('video')[0]?.vanish();
    await settled();
    assert.equal(world.prompts.length, 1);
    assert.deepEqual(world.codes, ['MEDIA_DENIED']);
    assert.equal(localParticipantOf(world.call).videoPaused, true);
  });
});

describe('sharing the screen', () => {
  it('that was over before it began is not shown', async () => {
    await joined();
    const video = world.track('video');
    video.stop();
    world.screen = () => Promise.resolve({ video: real(video), audio: null, audioDropped: false });
    world.session.startScreenShare();
    await settled();
    assert.deepEqual(world.call.local.screen, { wanted: false, actual: false });
    assert.ok(!world.names.includes('onScreenShareStarted'));
  });

  it('can be taken back while the browser asks; a screen chosen later is not shared', async () => {
    await joined();
    let choose = (): void => undefined;
    const video = world.track('video');
    world.screen = () =>
      new Promise((resolve) => {
        choose = () => resolve({ video: real(video), audio: null, audioDropped: false });
      });
    world.session.startScreenShare();
    world.session.stopScreenShare();
    assert.deepEqual(world.call.local.screen, { wanted: false, actual: false });
    choose();
    await settled();
    assert.equal(video.readyState, 'ended');
    assert.equal(world.transport.sent.get('screen') ?? null, null);
  });

  it('goes on when its sound ends', async () => {
    await joined();
    const [video, audio] = [world.track('video'), world.track('audio')];
    world.screen = () => Promise.resolve({ video: real(video), audio: real(audio), audioDropped: false });
    world.session.startScreenShare();
    await settled();
    audio.vanish();
    assert.equal(world.transport.sent.get('screen-audio'), null);
    assert.equal(world.call.local.screen.actual, true);
  });
});

describe('muted by another during a gap', () => {
  it('tells nobody that the microphone is on', async () => {
    await joined();
    world.channel.state();
    world.channel.asked.length = 0;
    world.channel.events.emit('lost', undefined);
    world.channel.events.emit(
      'resumed',
      joinAnswer([bob], { self: participant('me', { order: 100, audioMuted: true }) }),
    );
    await settled();
    assert.deepEqual(world.channel.asked, []);
    assert.equal(world.call.local.microphone.actual, false);
    assert.equal(live('audio')[0]?.enabled, false);
  });
});

describe('the kind of speaker to begin with', () => {
  it('is applied once speakers are known, without an error before', async () => {
    await joined({ defaultAudioMode: 'HEADPHONES' });
    assert.deepEqual(world.codes, []);
    world.devices.set([device('audiooutput', 'desk'), device('audiooutput', 'ears', 'Headphones')]);
    await settled();
    const active = world.call.local.devices.audioOutputDevices.find((one) => one.active);
    assert.equal(active?.deviceId, 'ears');
  });
});
