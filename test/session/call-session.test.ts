import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { CallError } from '../../src/domain/call-error.js';
import { localParticipantOf } from '../../src/domain/call/call-state.js';
import type { ScreenCapture } from '../../src/media/capture/screen-capture.js';
import type { CallRecording } from '../../src/session/session-ports.js';
import { provideMediaClasses } from '../fakes/media/node-media.js';
import { participant } from '../fakes/ui/participants.js';
import { device, joinAnswer, real, SessionHarness, settled } from '../fakes/session/session-harness.js';

provideMediaClasses();

const worlds: SessionHarness[] = [];
const worldWith = (...args: ConstructorParameters<typeof SessionHarness>): SessionHarness => {
  const world = new SessionHarness(...args);
  worlds.push(world);
  return world;
};
afterEach(() => {
  for (const { session } of worlds.splice(0)) session.endSession();
  mock.timers.reset();
});

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

const bob = participant('b');
const cy = participant('c');

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
    const told = () => world.names.filter((name) => name === 'onMediaDeviceListUpdated');
    assert.equal(told().length, 0, 'not while the user is asked');
    world.prompts[0]?.grant();
    await settled();
    assert.equal(told().length, 1);
    world.devices.set([device('audioinput', 'mic')]);
    await settled();
    assert.equal(told().length, 2, 'and again when they change');
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
    world.session.pauseVideo(false);
    await settled();
    assert.equal(world.prompts.length, 1);
  });

  it('what the server says before the call is shown is told afterwards', async () => {
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

  it('ends with the reason when the server refuses, and lets go of the camera', async () => {
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

describe('camera and microphone', () => {
  it('refused: the call goes on without, the state says why, and listeners are told', async () => {
    const world = worldWith();
    world.generous = false;
    await world.join(bob);
    const refused = new CallError('MEDIA_DENIED');
    world.prompts[0]?.answer({ microphone: refused, camera: refused });
    await settled();
    assert.deepEqual(world.call.local.trouble, { microphone: 'MEDIA_DENIED', camera: 'MEDIA_DENIED' });
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
    assert.deepEqual(world.call.local.trouble, { camera: 'MEDIA_NOT_FOUND' });
  });

  it('trying again after a failure clears the trouble', async () => {
    const world = worldWith();
    world.generous = false;
    await world.join(bob);
    const inUse = new CallError('MEDIA_IN_USE');
    world.prompts[0]?.answer({ microphone: real(world.track('audio')), camera: inUse });
    await settled();
    world.session.pauseVideo(false);
    await settled();
    world.prompts[1]?.grant();
    await settled();
    assert.deepEqual(world.call.local.trouble, {});
    assert.equal(world.call.local.camera.actual, true);
  });

  it('muted while the browser still asks: the microphone comes muted', async () => {
    const world = worldWith();
    world.generous = false;
    await world.join(bob);
    const sent = everSent(world);
    world.session.muteAudio(true);
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
    world.session.pauseVideo(true);
    world.prompts[0]?.grant();
    await settled();
    assert.deepEqual(sent, ['microphone on']);
    assert.equal(world.tracks.find(({ kind }) => kind === 'video')?.readyState, 'ended');
    assert.equal(world.call.local.camera.actual, false);
  });

  it('four presses in a row end where the last one points, with one camera open', async () => {
    const world = worldWith();
    await world.join(bob);
    for (const paused of [true, false, true, false]) world.session.pauseVideo(paused);
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
    world.session.setAudioInputDevice('headset');
    await settled();
    assert.deepEqual(world.prompts[1]?.request, { microphone: { deviceId: 'headset' } });
    const active = world.call.local.devices.audioInputDevices.find((one) => one.active);
    assert.equal(active?.deviceId, 'headset');
    world.session.setAudioInputDevice('none of that name');
    assert.deepEqual(world.codes, ['DEVICE_NOT_FOUND']);
  });

  it('an audio mode that no speaker fits is said to be unavailable', async () => {
    const world = worldWith();
    await world.join(bob);
    world.session.setAudioMode('EARPIECE');
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
    world.session.startScreenShare();
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
    world.session.startScreenShare();
    await settled();
    assert.deepEqual(world.codes, []);
    assert.deepEqual(world.call.local.screen, { wanted: false, actual: false });
  });
});

describe('what the others do', () => {
  it('muted by another: the microphone is off, the event says who, and the server is not told again', async () => {
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
    world.session.answerVideoRequest(true);
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
    world.session.pauseVideo(false);
    await settled();
    assert.equal(world.call.local.camera.actual, true);
  });

  it('declining a request for video leaves the camera off and tells the server', async () => {
    const world = worldWith({ audioOnly: true });
    await world.join(bob);
    await world.push({ type: 'video-requested', by: 'b' });
    assert.deepEqual(world.call.videoRequest, { by: 'b' });
    world.session.answerVideoRequest(false);
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

describe('a gap in the connection', () => {
  it('is told once, and the end of it; nobody leaves or joins by it', async () => {
    const world = worldWith();
    await world.join(bob);
    const before = world.notified.length;
    world.channel.events.emit('lost', undefined);
    assert.equal(world.call.phase, 'reconnecting');
    world.channel.events.emit('resumed', joinAnswer([bob]));
    await settled();
    assert.deepEqual(world.names.slice(before), ['onConnectionLost', 'onConnectionRestored']);
    assert.equal(world.transport.recoveries, 1);
  });

  it('after a restart of the server, who has not come back yet is waited for, then has left', async () => {
    mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'] });
    const world = worldWith();
    await world.join(bob, cy);
    world.channel.events.emit('lost', undefined);
    const self = participant('me', { order: 100 });
    const answer = joinAnswer([bob], { serverId: 'server-2', graceMs: 10_000, self });
    world.channel.events.emit('resumed', answer);
    await settled();
    assert.equal(world.call.participants.get('c')?.connection, 'reconnecting');
    assert.equal(world.names.includes('onUserLeft'), false);
    mock.timers.tick(10_000);
    assert.equal(world.call.participants.has('c'), false);
    assert.ok(world.names.includes('onUserLeft'));
  });

  it('after a restart of the server, nobody waits for the answer to a request for video', async () => {
    const world = worldWith({ audioOnly: true });
    await world.join(bob);
    world.session.switchToVideoCall();
    world.channel.events.emit('lost', undefined);
    world.channel.events.emit('resumed', joinAnswer([bob]));
    await settled();
    assert.deepEqual(world.call.videoRequest, { by: 'me' }, 'the same server still knows of it');
    world.channel.events.emit('lost', undefined);
    world.channel.events.emit('resumed', joinAnswer([bob], { serverId: 'server-2' }));
    await settled();
    assert.equal(world.call.videoRequest, null);
  });

  it('closed for good, it ends the call and says why', async () => {
    const world = worldWith();
    await world.join(bob);
    world.channel.events.emit('closed', new CallError('CONNECTION_LOST'));
    assert.equal(world.session.store.get().phase, 'ended');
    assert.deepEqual(world.names.slice(-4), [
      'onError',
      'onConnectionFailed',
      'onConnectionClosed',
      'onSessionLeft',
    ]);
  });

  it('a new network is tried at once', async () => {
    const world = worldWith();
    await world.join(bob);
    world.networkChanged();
    assert.equal(world.transport.recoveries, 1);
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
    world.session.stay();
    assert.equal(world.call.idleEndsAt, null);
    pass(120);
    assert.ok(world.call.idleEndsAt !== null);
    pass(60);
    assert.equal(world.session.store.get().phase, 'ended');
    assert.deepEqual(world.names.slice(-3), ['onSessionTimeout', 'onConnectionClosed', 'onSessionLeft']);
  });

  it('is over when somebody joins', async () => {
    const world = worldWith({ idleTimeoutPeriod: 180 });
    await world.join();
    pass(130);
    await world.push({ type: 'participant-joined', participant: bob });
    assert.equal(world.call.idleEndsAt, null);
    pass(300);
    assert.equal(world.call.phase, 'active');
  });
});

describe('recording', () => {
  const recorder = () => {
    const made = {
      steps: [] as string[],
      broken: undefined as ((error: CallError) => void) | undefined,
      start: (onBroken: (error: CallError) => void) => {
        made.broken = onBroken;
        made.steps.push('start');
        return Promise.resolve();
      },
      stop: () => {
        made.steps.push('stop');
        return Promise.resolve();
      },
    };
    return made satisfies CallRecording;
  };

  it('is told to the others once it runs, and once it is complete', async () => {
    const recording = recorder();
    const world = worldWith({}, { recording });
    await world.join(bob);
    world.session.startRecording();
    world.session.startRecording();
    await settled();
    assert.deepEqual(recording.steps, ['start']);
    assert.deepEqual(world.channel.asked.at(-1), { type: 'update', changes: { recording: true } });
    world.session.stopRecording();
    await settled();
    assert.deepEqual(recording.steps, ['start', 'stop']);
    assert.deepEqual(
      world.names.filter((name) => name.startsWith('onRecording')),
      ['onRecordingStarted', 'onRecordingStopped'],
    );
  });

  it('that breaks off is told to everybody, and can be started again', async () => {
    const recording = recorder();
    const world = worldWith({}, { recording });
    await world.join(bob);
    world.session.startRecording();
    await settled();
    recording.broken?.(new CallError('RECORDING_FAILED'));
    assert.deepEqual(world.codes, ['RECORDING_FAILED']);
    assert.equal(localParticipantOf(world.call).recording, false);
    world.session.startRecording();
    await settled();
    assert.equal(localParticipantOf(world.call).recording, true);
  });

  it('is completed when the call ends', async () => {
    const recording = recorder();
    const world = worldWith({ startRecordingOnCallStart: true }, { recording });
    await world.join(bob);
    world.session.endSession();
    assert.deepEqual(recording.steps, ['start', 'stop']);
  });

  it('is said to be impossible where there is nothing to record with', async () => {
    const world = worldWith();
    await world.join(bob);
    world.session.startRecording();
    await settled();
    assert.deepEqual(world.codes, ['UNSUPPORTED']);
  });
});

describe('the end', () => {
  it('lets go of everything, once, however often it is asked for', async () => {
    const world = worldWith();
    await world.join(bob);
    world.session.endSession();
    world.session.endSession();
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
    world.session.endSession();
    assert.equal(running(), before);
  });

  it('commands after it do nothing', async () => {
    const world = worldWith();
    await world.join(bob);
    world.session.endSession();
    const { length } = world.notified;
    world.session.muteAudio(true);
    world.session.pauseVideo(false);
    world.session.startScreenShare();
    world.session.startRecording();
    world.session.switchToVideoCall();
    world.session.setMode('SPOTLIGHT');
    world.session.togglePictureInPicture();
    world.session.pressEndCall();
    await settled();
    assert.equal(world.notified.length, length);
    assert.equal(world.prompts.length, 1);
  });

  it('while the browser still asks, a camera that comes later is closed at once', async () => {
    const world = worldWith();
    world.generous = false;
    await world.join(bob);
    world.session.endSession();
    world.prompts[0]?.grant();
    await settled();
    assert.ok(world.tracks.length === 2 && world.tracks.every(({ readyState }) => readyState === 'ended'));
  });
});

describe('listeners', () => {
  it('may give commands inside an event: what those raise comes after what is being told', async () => {
    const world = worldWith();
    const order: string[] = [];
    const { signal } = new AbortController();
    world.session.store.events.on(
      'event',
      ({ name }) => {
        if (name === 'onUserJoined') world.session.setMode('SPOTLIGHT');
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
      ({ name }) => void (name === 'onUserJoined' && world.session.endSession()),
      { signal: new AbortController().signal },
    );
    await world.join(bob);
    assert.equal(world.session.store.get().phase, 'ended');
    assert.equal(world.names.at(-1), 'onSessionLeft');
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
    world.session.muteAudio(false);
    await settled();
    assert.deepEqual(world.prompts.at(-1)?.request, { microphone: { deviceId: 'headset' } });
  });
});

describe('ending the call for everybody', () => {
  it('asks the server, and then it is left', async () => {
    const world = worldWith();
    await world.join(bob);
    world.session.endSessionForAll();
    assert.deepEqual(world.channel.asked.at(-1), { type: 'end-session' });
    await settled();
    assert.deepEqual(world.notified.at(-1), { name: 'onSessionLeft', detail: { reason: 'left' } });
  });

  it('goes on when the server could not be asked, and says so', async () => {
    const world = worldWith();
    await world.join(bob);
    world.channel.request = () => Promise.reject(new CallError('CONNECTION_LOST'));
    world.session.endSessionForAll();
    await settled();
    assert.equal(world.call.phase, 'active');
    assert.deepEqual(world.codes, ['CONNECTION_LOST']);
  });

  it('by another is told as an end by the server', async () => {
    const world = worldWith();
    await world.join(bob);
    world.channel.events.emit('closed', new CallError('SESSION_ENDED'));
    assert.deepEqual(world.notified.at(-1), { name: 'onSessionLeft', detail: { reason: 'ended-by-server' } });
    assert.equal(world.names.includes('onConnectionFailed'), false);
  });
});

describe('the interface', () => {
  it('opens and closes the list of participants, and tells of pressed buttons', async () => {
    const world = worldWith();
    await world.join(bob);
    world.session.showParticipantList(true);
    assert.equal(world.call.participantListShown, true);
    world.session.showParticipantList(false);
    world.session.pressControl('raise-hand');
    assert.deepEqual(world.names.slice(-3), [
      'onParticipantListVisible',
      'onParticipantListHidden',
      'onControlPressed',
    ]);
  });
});
