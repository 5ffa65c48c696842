import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { localParticipantOf } from '../../../src/domain/call/call-state.js';
import { participant } from '../../fakes/ui/participants.js';
import { device, joinAnswer, real, settled } from '../../fakes/session/session-harness.js';
import { bob, world, joined, pass, requests, live } from './local-media-setup.js';

describe('a track that the system interrupts', () => {
  it('is shown as muted on both sides, and comes back with it', async () => {
    await joined();
    const [microphone] = live('audio');
    microphone?.interrupt(true);
    await settled();
    assert.equal(localParticipantOf(world.call).audioMuted, true);
    assert.deepEqual(world.call.local.microphone, { wanted: true, actual: false });
    assert.deepEqual(world.call.local.failures, { microphone: 'MEDIA_INTERRUPTED' });
    assert.deepEqual(world.codes, ['MEDIA_INTERRUPTED']);
    microphone?.interrupt(false);
    await settled();
    assert.equal(localParticipantOf(world.call).audioMuted, false);
    assert.deepEqual(world.call.local.failures, {});
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
    world.session.commands.muteAudio(true);
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
    world.session.commands.startScreenShare();
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
    world.session.commands.startScreenShare();
    world.session.commands.stopScreenShare();
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
    world.session.commands.startScreenShare();
    await settled();
    audio.vanish();
    assert.equal(world.transport.sent.get('screen-audio'), null);
    assert.equal(world.call.local.screen.actual, true);
  });
});

describe('muted by another during a gap', () => {
  it('does not publish that the microphone is on', async () => {
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
