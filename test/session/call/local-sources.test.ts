import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CallError } from '../../../src/domain/call-error.js';
import { localParticipantOf } from '../../../src/domain/call/call-state.js';
import type { ScreenCapture } from '../../../src/media/capture/screen-capture.js';
import { device, real, type SessionHarness, settled } from '../../fakes/session/session-harness.js';
import { worldWith, bob } from './session-setup.js';

/** What was ever handed to the transport, and whether it was on at that moment. */
function everSent({ transport }: SessionHarness): readonly string[] {
  const sent: string[] = [];
  const send = transport.send.bind(transport);
  transport.send = (source, track) => {
    if (track) sent.push(`${source} ${track.enabled ? 'on' : 'off'}`);
    return send(source, track);
  };
  return sent;
}

describe('camera and microphone', () => {
  it('refused: the call goes on without, the state says why, and listeners are notified', async () => {
    const world = worldWith();
    world.generous = false;
    await world.join(bob);
    const refused = new CallError('MEDIA_DENIED');
    world.prompts[0]?.answer({ microphone: refused, camera: refused });
    await settled();
    assert.deepEqual(world.call.local.failures, { microphone: 'MEDIA_DENIED', camera: 'MEDIA_DENIED' });
    assert.deepEqual(world.call.local.microphone, { wanted: false, actual: false });
    assert.deepEqual(world.codes, ['MEDIA_DENIED', 'MEDIA_DENIED']);
    assert.deepEqual(
      [localParticipantOf(world.call).audioMuted, localParticipantOf(world.call).videoPaused],
      [true, true],
    );
  });

  it('the camera missing does not cost the microphone', async () => {
    const world = worldWith();
    world.generous = false;
    await world.join(bob);
    const camera = new CallError('MEDIA_NOT_FOUND');
    world.prompts[0]?.answer({ microphone: real(world.track('audio')), camera });
    await settled();
    assert.equal(world.call.local.microphone.actual, true);
    assert.deepEqual(world.call.local.failures, { camera: 'MEDIA_NOT_FOUND' });
  });

  it('a retry that succeeds clears the failure', async () => {
    const world = worldWith();
    world.generous = false;
    await world.join(bob);
    const inUse = new CallError('MEDIA_IN_USE');
    world.prompts[0]?.answer({ microphone: real(world.track('audio')), camera: inUse });
    await settled();
    world.session.commands.pauseVideo(false);
    await settled();
    world.prompts[1]?.grant();
    await settled();
    assert.deepEqual(world.call.local.failures, {});
    assert.equal(world.call.local.camera.actual, true);
  });

  it('muted while the browser still asks: the microphone comes muted', async () => {
    const world = worldWith();
    world.generous = false;
    await world.join(bob);
    const sent = everSent(world);
    world.session.commands.muteAudio(true);
    world.prompts[0]?.grant();
    await settled();
    assert.ok(sent.every((one) => one !== 'microphone on'));
    assert.equal(world.tracks.find(({ kind }) => kind === 'audio')?.enabled, false);
    assert.deepEqual(world.call.local.microphone, { wanted: false, actual: false });
    assert.equal(localParticipantOf(world.call).audioMuted, true);
  });

  it('paused while the browser still asks: the camera does not stay on', async () => {
    const world = worldWith();
    world.generous = false;
    await world.join(bob);
    const sent = everSent(world);
    world.session.commands.pauseVideo(true);
    world.prompts[0]?.grant();
    await settled();
    assert.deepEqual(sent, ['microphone on']);
    assert.equal(world.tracks.find(({ kind }) => kind === 'video')?.readyState, 'ended');
    assert.equal(world.call.local.camera.actual, false);
  });

  it('four presses in a row end where the last one points, with one camera open', async () => {
    const world = worldWith();
    await world.join(bob);
    for (const paused of [true, false, true, false]) world.session.commands.pauseVideo(paused);
    await settled();
    assert.equal(world.call.local.camera.actual, true);
    const live = world.tracks.filter(({ kind, readyState }) => kind === 'video' && readyState === 'live');
    assert.equal(live.length, 1);
  });

  it('a device that vanishes in use is replaced by another', async () => {
    const world = worldWith();
    await world.join(bob);
    const first = world.tracks.find(({ kind }) => kind === 'audio');
    first?.vanish();
    await settled();
    assert.deepEqual(world.prompts[1]?.request, { microphone: {} });
    const second = world.transport.sent.get('microphone');
    assert.ok(second && second !== real(first!));
    assert.equal(world.call.local.microphone.actual, true);
    assert.deepEqual(world.codes, []);
  });

  it('a device that vanishes while there is no other leaves the call without, and says so', async () => {
    const world = worldWith();
    await world.join(bob);
    world.generous = false;
    world.tracks.find(({ kind }) => kind === 'video')?.vanish();
    await settled();
    world.prompts[1]?.answer({ camera: new CallError('MEDIA_NOT_FOUND') });
    await settled();
    assert.equal(localParticipantOf(world.call).videoPaused, true);
    assert.deepEqual(world.codes, ['MEDIA_NOT_FOUND']);
    assert.equal(world.transport.sent.get('camera'), null);
  });

  it('a chosen device is opened at once, an unknown one is refused', async () => {
    const world = worldWith();
    await world.join(bob);
    world.devices.set([device('audioinput', 'audio'), device('audioinput', 'headset')]);
    world.session.commands.setAudioInputDevice('headset');
    await settled();
    assert.deepEqual(world.prompts[1]?.request, { microphone: { deviceId: 'headset' } });
    const active = world.call.local.devices.audioInputDevices.find((one) => one.active);
    assert.equal(active?.deviceId, 'headset');
    world.session.commands.setAudioInputDevice('none of that name');
    assert.deepEqual(world.codes, ['DEVICE_NOT_FOUND']);
  });

  it('an audio mode that no speaker fits is said to be unavailable', async () => {
    const world = worldWith();
    await world.join(bob);
    world.session.commands.setAudioMode('EARPIECE');
    assert.deepEqual(world.codes, ['AUDIO_MODE_UNAVAILABLE']);
  });
});

describe('screen sharing', () => {
  const capture = (world: SessionHarness): ScreenCapture => ({
    video: real(world.track('video')),
    audio: real(world.track('audio')),
    audioDropped: false,
  });

  it('sends picture and sound beside the camera; the browser’s own button ends both', async () => {
    const world = worldWith();
    await world.join(bob);
    world.screen = () => Promise.resolve(capture(world));
    world.session.commands.startScreenShare();
    await settled();
    assert.ok(world.transport.sent.get('screen') && world.transport.sent.get('screen-audio'));
    assert.ok(world.transport.sent.get('camera'));
    assert.ok(world.names.includes('onScreenShareStarted'));
    assert.equal(localParticipantOf(world.call).screenSharing, true);
    const [picture] = world.tracks.slice(-2);
    picture?.vanish();
    await settled();
    assert.equal(world.transport.sent.get('screen'), null);
    assert.equal(world.transport.sent.get('screen-audio'), null);
    assert.ok(world.names.includes('onScreenShareStopped'));
  });

  it('closing the browser’s choice of screens is no error', async () => {
    const world = worldWith();
    await world.join(bob);
    world.session.commands.startScreenShare();
    await settled();
    assert.deepEqual(world.codes, []);
    assert.deepEqual(world.call.local.screen, { wanted: false, actual: false });
  });
});
