import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { settled } from '../../fakes/session/session-harness.js';
import { worldWith, bob, cy } from './session-setup.js';

describe('what the others do', () => {
  it('muted by another: the microphone is off, the event says who, and the server is not notified again', async () => {
    const world = worldWith();
    await world.join(bob);
    world.channel.asked.length = 0;
    await world.push({
      type: 'participant-updated',
      participantId: 'me',
      changes: { audioMuted: true },
      by: 'b',
    });
    const event = world.notified.find(({ name }) => name === 'onUserMuted');
    assert.equal(event?.name === 'onUserMuted' && event.detail.mutedBy.uid, 'uid-b');
    assert.equal(event?.name === 'onUserMuted' && event.detail.muted.uid, 'uid-me');
    assert.equal(world.tracks.find(({ kind }) => kind === 'audio')?.enabled, false);
    assert.deepEqual(world.channel.asked, []);
  });

  it('agreeing to video turns the camera on', async () => {
    const world = worldWith({ audioOnly: true });
    await world.join(bob);
    world.session.commands.answerVideoRequest(true);
    await world.push({ type: 'switched-to-video', initiator: 'b', responder: 'me' });
    assert.equal(world.call.audioOnly, false);
    assert.equal(world.call.local.camera.actual, true);
    assert.ok(world.names.includes('onCallSwitchedToVideo'));
  });

  it('a switch to video that was not asked of this user leaves the camera to them', async () => {
    const world = worldWith({ audioOnly: true });
    await world.join(bob, cy);
    await world.push({ type: 'switched-to-video', initiator: 'b', responder: 'c' });
    assert.equal(world.call.audioOnly, false);
    assert.equal(world.call.local.camera.wanted, false);
    world.session.commands.pauseVideo(false);
    await settled();
    assert.equal(world.call.local.camera.actual, true);
  });

  it('declining a request for video leaves the camera off and tells the server', async () => {
    const world = worldWith({ audioOnly: true });
    await world.join(bob);
    await world.push({ type: 'video-requested', by: 'b' });
    assert.deepEqual(world.call.videoRequest, { by: 'b' });
    world.session.commands.answerVideoRequest(false);
    await settled();
    assert.equal(world.call.videoRequest, null);
    assert.deepEqual(world.channel.asked.at(-1), { type: 'answer-video', accept: false });
    assert.equal(world.call.local.camera.actual, false);
  });

  it('the other one of a 1:1 call leaving ends it, unless there ever were three', async () => {
    const two = worldWith();
    await two.join(bob);
    await two.push({ type: 'participant-left', participantId: 'b' });
    assert.equal(two.names.at(-1), 'onCallEnded');
    const three = worldWith();
    await three.join(bob, cy);
    await three.push({ type: 'participant-left', participantId: 'b' });
    await three.push({ type: 'participant-left', participantId: 'c' });
    assert.equal(three.names.includes('onCallEnded'), false);
  });
});

describe('being alone', () => {
  /** A second at a time, as it passes. */
  const pass = (seconds: number): void => {
    for (let left = seconds; left > 0; left -= 1) mock.timers.tick(1000);
  };
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'] });
    mock.method(performance, 'now', () => Date.now());
  });
  afterEach(() => mock.restoreAll());

  it('is warned of a minute before it ends the call; who stays is not thrown out', async () => {
    const world = worldWith({ idleTimeoutPeriod: 180 });
    await world.join();
    pass(120);
    assert.ok(world.call.idleEndsAt !== null);
    world.session.commands.stay();
    assert.equal(world.call.idleEndsAt, null);
    pass(120);
    assert.ok(world.call.idleEndsAt !== null);
    pass(60);
    assert.equal(world.session.store.get().phase, 'ended');
    assert.deepEqual(world.names.slice(-3), ['onSessionTimeout', 'onConnectionClosed', 'onSessionLeft']);
  });

  it('is over when a participant joins', async () => {
    const world = worldWith({ idleTimeoutPeriod: 180 });
    await world.join();
    pass(130);
    await world.push({ type: 'participant-joined', participant: bob });
    assert.equal(world.call.idleEndsAt, null);
    pass(300);
    assert.equal(world.call.phase, 'active');
  });
});
