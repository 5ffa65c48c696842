import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CallError } from '../../../src/domain/call-error.js';
import { settled } from '../../fakes/session/session-harness.js';
import { worldWith, bob } from './session-setup.js';

describe('the end', () => {
  it('releases everything, once, however often it is asked for', async () => {
    const world = worldWith();
    await world.join(bob);
    world.session.commands.endSession();
    world.session.commands.endSession();
    world.session.hangUp();
    assert.equal(world.channel.left, 1);
    assert.equal(world.names.filter((name) => name === 'onSessionLeft').length, 1);
    assert.ok(world.tracks.every(({ readyState }) => readyState === 'ended'));
    assert.equal(world.air.transports.size, 0);
  });

  it('leaves no timer running', async () => {
    const running = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = running();
    const world = worldWith();
    await world.join();
    assert.ok(running() > before);
    world.session.commands.endSession();
    assert.equal(running(), before);
  });

  it('commands after it do nothing', async () => {
    const world = worldWith();
    await world.join(bob);
    world.session.commands.endSession();
    const { length } = world.notified;
    world.session.commands.muteAudio(true);
    world.session.commands.pauseVideo(false);
    world.session.commands.startScreenShare();
    world.session.commands.startRecording();
    world.session.commands.switchToVideoCall();
    world.session.commands.setMode('SPOTLIGHT');
    world.session.commands.togglePictureInPicture();
    world.session.commands.pressEndCall();
    await settled();
    assert.equal(world.notified.length, length);
    assert.equal(world.prompts.length, 1);
  });

  it('while the browser still asks, a camera that comes later is closed at once', async () => {
    const world = worldWith();
    world.generous = false;
    await world.join(bob);
    world.session.commands.endSession();
    world.prompts[0]?.grant();
    await settled();
    assert.ok(world.tracks.length === 2 && world.tracks.every(({ readyState }) => readyState === 'ended'));
  });
});

describe('listeners', () => {
  it('may give commands inside an event: what those raise comes after the current event', async () => {
    const world = worldWith();
    const order: string[] = [];
    const { signal } = new AbortController();
    world.session.store.events.on(
      'event',
      ({ name }) => {
        if (name === 'onUserJoined') world.session.commands.setMode('SPOTLIGHT');
      },
      { signal },
    );
    world.session.store.events.on('event', ({ name }) => void order.push(name), { signal });
    await world.join(bob);
    const { names } = world;
    assert.ok(names.indexOf('onCallLayoutChanged') > names.indexOf('onUserListUpdated'));
    assert.deepEqual(order, names);
  });

  it('see the new state when they hear of it', async () => {
    const world = worldWith();
    const seen: number[] = [];
    world.session.store.events.on(
      'event',
      ({ name }) => void (name === 'onUserLeft' && seen.push(world.call.participants.size)),
      { signal: new AbortController().signal },
    );
    await world.join(bob);
    await world.push({ type: 'participant-left', participantId: 'b' });
    assert.deepEqual(seen, [1]);
  });

  it('may end the call from inside an event', async () => {
    const world = worldWith();
    world.session.store.events.on(
      'event',
      ({ name }) => void (name === 'onUserJoined' && world.session.commands.endSession()),
      { signal: new AbortController().signal },
    );
    await world.join(bob);
    assert.equal(world.session.store.get().phase, 'ended');
    assert.equal(world.names.at(-1), 'onSessionLeft');
  });
});

describe('ending the call for everyone', () => {
  it('asks the server, and then it is left', async () => {
    const world = worldWith();
    await world.join(bob);
    world.session.commands.endSessionForAll();
    assert.deepEqual(world.channel.asked.at(-1), { type: 'end-session' });
    await settled();
    assert.deepEqual(world.notified.at(-1), { name: 'onSessionLeft', detail: { reason: 'left' } });
  });

  it('goes on when the server could not be asked, and says so', async () => {
    const world = worldWith();
    await world.join(bob);
    world.channel.request = () => Promise.reject(new CallError('CONNECTION_LOST'));
    world.session.commands.endSessionForAll();
    await settled();
    assert.equal(world.call.phase, 'active');
    assert.deepEqual(world.codes, ['CONNECTION_LOST']);
  });

  it('by another is raised as an end by the server', async () => {
    const world = worldWith();
    await world.join(bob);
    world.channel.events.emit('closed', new CallError('SESSION_ENDED'));
    assert.deepEqual(world.notified.at(-1), { name: 'onSessionLeft', detail: { reason: 'ended-by-server' } });
    assert.equal(world.names.includes('onConnectionFailed'), false);
  });
});
