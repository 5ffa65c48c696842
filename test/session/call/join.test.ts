import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CallError } from '../../../src/domain/call-error.js';
import { localParticipantOf } from '../../../src/domain/call/call-state.js';
import { participant } from '../../fakes/ui/participants.js';
import { device, joinAnswer, type SessionHarness, settled } from '../../fakes/session/session-harness.js';
import { worldWith, bob, cy } from './session-setup.js';

describe('joining', () => {
  it('asks for camera, server and transport at the same time', async () => {
    const world = worldWith();
    world.generous = false;
    void world.session.join();
    assert.equal(world.session.store.get().phase, 'joining');
    assert.deepEqual(world.prompts[0]?.request, { microphone: {}, camera: {} });
    world.channel.answer(joinAnswer([bob]));
    await settled();
    // The user has not answered the browser's prompt yet: the call does not wait for it.
    assert.equal(world.call.participants.size, 2);
    assert.deepEqual(world.call.local.camera, { wanted: true, actual: false });
    world.prompts[0]?.grant();
    await settled();
    assert.deepEqual(world.call.local.camera, { wanted: true, actual: true });
    assert.equal(
      world.transport.sent.get('camera'),
      world.tracks.find(({ kind }) => kind === 'video'),
    );
  });

  it('tells of the call, of who is there, of the list and of the devices, in this order', async () => {
    const world = worldWith();
    world.devices.set([device('audioinput', 'mic')]);
    await world.join(bob, cy);
    assert.deepEqual(world.names.slice(0, 5), [
      'onSessionJoined',
      'onUserJoined',
      'onUserJoined',
      'onUserListUpdated',
      'onMediaDeviceListUpdated',
    ]);
  });

  it('tells the devices once, those in use among them, however late the browser knows them', async () => {
    const world = worldWith();
    world.generous = false;
    world.devices.set([device('audioinput', 'mic'), device('videoinput', 'cam')]);
    await world.join(bob);
    const updates = () => world.names.filter((name) => name === 'onMediaDeviceListUpdated');
    assert.equal(updates().length, 0, 'not while the user is asked');
    world.prompts[0]?.grant();
    await settled();
    assert.equal(updates().length, 1);
    world.devices.set([device('audioinput', 'mic')]);
    await settled();
    assert.equal(updates().length, 2, 'and again when they change');
  });

  it('comes to a voice call that has become a video call as to a video call, with the own camera off', async () => {
    const world = worldWith({ audioOnly: true });
    void world.session.join();
    world.channel.answer({ ...joinAnswer([bob]), switched: { initiator: 'b', responder: 'b' } });
    await settled();
    assert.equal(world.call.audioOnly, false);
    assert.deepEqual(world.call.local.camera, { wanted: false, actual: false });
  });

  it('opens neither camera nor microphone when it starts without them', async () => {
    const world = worldWith({ startWithAudioMuted: true, startWithVideoMuted: true });
    await world.join(bob);
    assert.equal(world.prompts.length, 0);
    assert.deepEqual(
      [localParticipantOf(world.call).audioMuted, localParticipantOf(world.call).videoPaused],
      [true, true],
    );
  });

  it('opens no camera in a voice call', async () => {
    const world = worldWith({ audioOnly: true });
    await world.join(bob);
    assert.deepEqual(world.prompts[0]?.request, { microphone: {} });
    world.session.commands.pauseVideo(false);
    await settled();
    assert.equal(world.prompts.length, 1);
  });

  it('what the server sends before the call is shown is raised afterwards', async () => {
    const world = worldWith();
    void world.session.join();
    world.channel.answer(joinAnswer([bob]));
    world.channel.events.emit('message', { type: 'participant-joined', participant: cy });
    await settled();
    assert.equal(world.call.participants.size, 3);
    assert.deepEqual(
      world.transport.peers.map(({ id }) => id),
      ['b', 'c'],
    );
  });

  it('a reconnect while the transport still loads: the call starts with who is there now', async () => {
    let loaded = (): void => undefined;
    const loading = new Promise<void>((resolve) => (loaded = resolve));
    const world: SessionHarness = worldWith(
      {},
      { loadTransport: () => loading.then(() => world.air.create) },
    );
    void world.session.join();
    world.channel.answer(joinAnswer([bob]));
    await settled();
    world.channel.events.emit('message', { type: 'participant-joined', participant: cy });
    world.channel.events.emit('lost', undefined);
    const dee = participant('d');
    world.channel.events.emit('resumed', joinAnswer([dee], { resume: 'newer' }));
    loaded();
    await settled();
    assert.deepEqual([...world.call.participants.keys()].sort(), ['d', 'me']);
    assert.deepEqual(
      world.transport.peers.map(({ id }) => id),
      ['d'],
    );
    const joined = world.notified.flatMap(({ name, detail }) =>
      name === 'onUserJoined' ? [detail.uid] : [],
    );
    assert.deepEqual([joined, world.names.includes('onUserLeft')], [[dee.uid], false]);
  });

  it('ends with the reason when the server refuses, and releases the camera', async () => {
    const world = worldWith();
    void world.session.join();
    await settled();
    world.channel.refuse(new CallError('TOKEN_EXPIRED'));
    await settled();
    assert.equal(world.session.store.get().phase, 'ended');
    assert.deepEqual(world.codes, ['TOKEN_EXPIRED']);
    assert.ok(world.tracks.every(({ readyState }) => readyState === 'ended'));
  });
});

describe('what there is to begin with', () => {
  it('is the chosen microphone, camera and speaker', async () => {
    const world = worldWith({
      audioInputDeviceId: 'headset',
      videoInputDeviceId: 'rear',
      audioOutputDeviceId: 'hall',
    });
    world.devices.set([device('audiooutput', 'desk'), device('audiooutput', 'hall')]);
    await world.join(bob);
    assert.deepEqual(world.prompts[0]?.request, {
      microphone: { deviceId: 'headset' },
      camera: { deviceId: 'rear' },
    });
    assert.deepEqual(
      world.devices.lists().audioOutputDevices.map(({ active }) => active),
      [false, true],
    );
  });

  it('is the chosen microphone also for who joins muted and unmutes later', async () => {
    const world = worldWith({ audioInputDeviceId: 'headset', startWithAudioMuted: true });
    await world.join(bob);
    world.session.commands.muteAudio(false);
    await settled();
    assert.deepEqual(world.prompts.at(-1)?.request, { microphone: { deviceId: 'headset' } });
  });
});

describe('the interface', () => {
  it('opens and closes the list of participants, and tells of pressed buttons', async () => {
    const world = worldWith();
    await world.join(bob);
    world.session.commands.showParticipantList(true);
    assert.equal(world.call.participantListShown, true);
    world.session.commands.showParticipantList(false);
    world.session.commands.pressControl('raise-hand');
    assert.deepEqual(world.names.slice(-3), [
      'onParticipantListVisible',
      'onParticipantListHidden',
      'onControlPressed',
    ]);
  });
});
