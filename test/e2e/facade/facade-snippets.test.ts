import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { afterEach, before, describe, it } from 'node:test';
import type { MuteEvent, SwitchToVideoEvent } from '../../../src/domain/call/call-events.js';
import type { DeviceLists } from '../../../src/domain/media/devices.js';
import type { SessionUser } from '../../../src/domain/call/participant.js';
import { CallWorld } from '../world/call-world.js';
import { SdkPage } from '../world/sdk-page.js';

const world = new CallWorld();
before(() => world.start());
afterEach(() => world.clear());

const ran = new Set<string>();

/** Both SDKs, signed in, each with its token for one session: the first two snippets of the document. */
async function pair(
  sessionId: string,
): Promise<{ ada: SdkPage; bob: SdkPage; tokens: Record<string, object> }> {
  const ada = await SdkPage.open(world, 'ada');
  const bob = await SdkPage.open(world, 'bob');
  const tokens: Record<string, object> = {};
  for (const { uid } of [ada, bob]) tokens[uid] = { token: await world.token(uid, sessionId) };
  return { ada, bob, tokens };
}

async function run(
  page: SdkPage,
  snippet: string,
  names: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  ran.add(snippet);
  await page.run(snippet, names);
}

async function startBoth(sessionId: string): Promise<{ ada: SdkPage; bob: SdkPage }> {
  const { ada, bob, tokens } = await pair(sessionId);
  await run(ada, 'start-session', { callToken: tokens['ada'] });
  await ada.inCall(1);
  await run(bob, 'start-session', { callToken: tokens['bob'] });
  await Promise.all([ada, bob].map((page) => page.inCall(2)));
  return { ada, bob };
}

describe('the JavaScript of the Call Session document (v4), as it stands', () => {
  it('generates a token and starts the session with it', async () => {
    const pages = [await SdkPage.open(world, 'ada'), await SdkPage.open(world, 'bob')] as const;
    const [ada, bob] = pages;
    for (const page of pages) {
      await run(page, 'generate-token');
      const [token] = await page.logs('Call token generated:');
      assert.match(String(token), /^\S+\.\S+\.\S+$/);
      await run(page, 'start-session', { callToken: { token } });
      await page.inCall(page === ada ? 1 : 2);
    }
    const [joined] = (await ada.logs('User joined:')) as [SessionUser];
    assert.deepEqual([joined.uid, joined.name, joined.avatar], ['bob', 'Bob', '']);
    const [list] = (await ada.logs('User list updated:', 2)) as [SessionUser[]];
    assert.deepEqual(
      list.map(({ uid }) => uid),
      ['ada', 'bob'],
    );
    const [devices] = (await bob.logs('Device list updated:')) as [DeviceLists];
    assert.ok(devices.audioInputDevices.length > 0 && devices.videoInputDevices.length > 0);
    await Promise.all(pages.map(({ call }) => call.untilReceiving({ video: 1, audio: 1 })));
    await bob.evaluate('CometChatCalls.endSession()');
    const [left] = (await ada.logs('User left:')) as [SessionUser];
    assert.equal(left.uid, 'bob');
    await ada.logs('Call ended');
  });

  it('tells why no token could be generated', async () => {
    const ada = await SdkPage.open(world, 'ada');
    // A server that cannot be reached.
    await ada.evaluate(
      `const builder = new CometChatCalls.CallAppSettingsBuilder().setAppId('app').setRegion('us');
       await CometChatCalls.init(builder.setHost('http://127.0.0.1:9').build());`,
    );
    await run(ada, 'generate-token');
    const [error] = (await ada.logs('Token generation failed:')) as [{ code: string }];
    assert.equal(error.code, 'UNKNOWN_API_ERROR');
  });

  it('mutes, pauses, shares and changes the layout', async () => {
    const { ada, bob } = await startBoth('controls');
    await Promise.all([ada, bob].map(({ call }) => call.untilReceiving({ video: 1, audio: 1 })));
    await run(ada, 'mute-audio');
    const [mute] = (await bob.logs('User muted:')) as [MuteEvent];
    assert.deepEqual([mute.muted.uid, mute.mutedBy.uid, mute.muted.isAudioMuted], ['ada', 'ada', true]);
    await run(ada, 'pause-video');
    await ada.call.untilState('video-paused');
    for (const resumes of ['unPauseVideo()', 'resumeVideo()']) {
      await ada.evaluate(`CometChatCalls.${resumes}`);
      await ada.call.untilState('video-paused', false);
      await run(ada, 'pause-video');
      await ada.call.untilState('video-paused');
    }
    await ada.evaluate('CometChatCalls.unMuteAudio()');
    await ada.call.untilState('audio-muted', false);
    await run(ada, 'set-mode');
    await ada.call.page.waitForFunction(() => document.querySelector('cometchat-call')?.mode === 'SPOTLIGHT');
    await run(ada, 'start-screen-share');
    await ada.logs('Screen sharing started');
    await bob.call.untilReceiving({ video: 1, audio: 0 });
    await run(ada, 'stop-screen-share');
    await ada.logs('Screen sharing stopped');
    // One camera that looks nowhere in particular: nothing to switch to, and no error.
    await run(ada, 'switch-camera');
    await run(ada, 'end-session');
    await ada.isEmpty();
    assert.equal(await ada.call.liveTracks(), 0);
    // Its sound could contain the others: that it is left out is said.
    assert.deepEqual(
      (await ada.errors()).filter((code) => code !== 'SCREEN_AUDIO_DROPPED'),
      [],
    );
  });

  it('lists and chooses microphone, speaker and camera', async () => {
    const { ada } = await startBoth('devices');
    await ada.logs('Device list updated:');
    await ada.call.page.waitForFunction(() =>
      window.CometChatCalls.getAudioInputDevices().some((one) => one.active),
    );
    for (const [get, line, set] of [
      ['audio-inputs', 'Available microphones:', 'set-audio-input'],
      ['audio-outputs', 'Available speakers:', 'set-audio-output'],
      ['video-inputs', 'Available cameras:', 'set-video-input'],
    ] as const) {
      await run(ada, get);
      const [devices] = (await ada.logs(line)) as [{ deviceId: string; active: boolean; label: string }[]];
      assert.ok(devices.length > 0, line);
      const other = devices.find(({ active }) => !active) ?? devices[0]!;
      await run(ada, set, { deviceId: other.deviceId });
      await run(ada, get);
      await ada.call.page.waitForFunction(
        (id) =>
          [
            ...window.CometChatCalls.getAudioInputDevices(),
            ...window.CometChatCalls.getAudioOutputDevices(),
            ...window.CometChatCalls.getVideoInputDevices(),
          ].some(({ deviceId, active }) => deviceId === id && active),
        { timeout: 30_000, polling: 50 },
        other.deviceId,
      );
    }
    assert.deepEqual(await ada.errors(), []);
  });

  it('adds a listener beside the one of the settings, and removes it', async () => {
    const { ada, bob, tokens } = await pair('listeners');
    // As printed, the snippet removes its listener at the end: it hears nothing.
    await run(ada, 'call-event-listener');
    await run(ada, 'start-session', { callToken: tokens['ada'] });
    await ada.logs('User list updated:');
    assert.equal((await ada.lines()).filter((line) => line === 'User list updated:').length, 1);
    const kept = 'CometChatCalls.addCallEventListener("kept", { onUserJoined: () => console.log("Kept:") })';
    await ada.evaluate(kept);
    await run(bob, 'start-session', { callToken: tokens['bob'] });
    await ada.logs('User joined:');
    const lines = (await ada.lines()).filter((line) => line === 'Kept:' || line === 'User joined:');
    assert.deepEqual(lines, ['Kept:', 'User joined:']);
  });

  it('ends a session without ringing from the end-call button', async () => {
    const { ada, bob, tokens } = await pair('session-only');
    await run(bob, 'start-session', { callToken: tokens['bob'] });
    ran.add('end-button');
    await ada.startWith('end-button', { callToken: tokens['ada'] });
    await ada.inCall(2);
    await ada.press('button-end-call');
    await ada.isEmpty();
    await bob.logs('Call ended');
  });

  it('ends a ringing call: one presses the button, the other is notified', async () => {
    const { ada, bob } = await pair('unused');
    await bob.evaluate(`CometChat.addCallListener('rings', new CometChat.CallListener({
      onIncomingCallReceived: (call) => console.log('Rings:', call.getSessionId()),
    }));`);
    await ada.evaluate(`CometChat.addCallListener('rings', new CometChat.CallListener({
      onOutgoingCallAccepted: (call) => console.log('Accepted:', call.getSessionId()),
    }));
    await CometChat.initiateCall(new CometChat.Call('bob', CometChat.CALL_TYPE.VIDEO, CometChat.RECEIVER_TYPE.USER));`);
    const [sessionId] = (await bob.logs('Rings:')) as [string];
    await bob.evaluate('await CometChat.acceptCall(sessionId)', { sessionId });
    await ada.logs('Accepted:');
    const token = async (uid: string) => ({ token: await world.token(uid, sessionId) });
    for (const snippet of ['ringing-end-button', 'ringing-call-ended']) ran.add(snippet);
    await ada.startWith('ringing-end-button', { callToken: await token('ada'), sessionId });
    await bob.startWith('ringing-call-ended', { callToken: await token('bob'), sessionId });
    await Promise.all([ada, bob].map((page) => page.inCall(2)));
    await ada.press('button-end-call');
    await ada.logs('Call ended successfully');
    await Promise.all([ada, bob].map((page) => page.isEmpty()));
    for (const { call } of [ada, bob])
      assert.equal(await call.page.evaluate(() => window.CometChat.getActiveCall()), null);
  });

  it('switches a voice call to video when the other one accepts', async () => {
    const { ada, bob, tokens } = await pair('voice');
    for (const page of [ada, bob]) {
      const settings = `new CometChatCalls.CallSettingsBuilder().setIsAudioOnlyCall(true).setCallListener({
        onCallSwitchedToVideo: (event) => console.log('Call switched to video:', event),
      }).build()`;
      await page.evaluate(
        `await CometChatCalls.startSession(callToken, ${settings}, document.getElementById('call-container'))`,
        { callToken: tokens[page.uid] },
      );
    }
    await Promise.all([ada, bob].map((page) => page.inCall(2)));
    await run(ada, 'switch-to-video');
    const accept = await bob.call.page.waitForSelector('cometchat-call >>> ::-p-text(Accept)', {
      timeout: 30_000,
    });
    await accept?.click();
    for (const page of [ada, bob]) {
      const [event] = (await page.logs('Call switched to video:')) as [SwitchToVideoEvent];
      const { sessionId, initiator, responder } = event;
      assert.deepEqual([sessionId, initiator.uid, responder.uid], ['voice', 'ada', 'bob']);
    }
    await Promise.all([ada, bob].map(({ call }) => call.untilReceiving({ video: 1, audio: 1 })));
  });

  it('leaves no snippet out', () => {
    const all = readdirSync(new URL('../../facade/snippets', import.meta.url)).map((file) =>
      file.replace('.js', ''),
    );
    assert.deepEqual([...ran].sort(), all.sort());
  });
});

describe('the Swift of the Call Session document (iOS v4), by the same names in JavaScript', () => {
  it('builds settings, starts a session with a delegate, and controls it', async () => {
    const { ada, bob, tokens } = await pair('swift');
    const start = `
      const names = ['onCallEnded', 'onSessionTimeout', 'onCallEndButtonPressed', 'onUserJoined', 'onUserLeft',
        'onUserListChanged', 'onAudioModeChanged', 'onCallSwitchedToVideo', 'onUserMuted', 'onRecordingToggled', 'onError'];
      const self = Object.fromEntries(names.map((name) => [name, (detail) => console.log(name, detail)]));
      const callSettings = new CometChatCalls.CallSettingsBuilder()
        .setDefaultLayout(true)
        .setIsAudioOnly(false)
        .setDelegate(self)
        .build();
      await CometChatCalls.startSession(callToken, callSettings, document.getElementById('call-container'));`;
    for (const page of [ada, bob]) {
      await page.evaluate(start, { callToken: tokens[page.uid] });
      await page.inCall(page === ada ? 1 : 2);
    }
    const [users] = (await ada.logs('onUserListChanged', 2)) as [SessionUser[]];
    assert.equal(users.length, 2);
    await ada.logs('onUserJoined');
    const [modes] = (await ada.logs('onAudioModeChanged')) as [string[]];
    assert.ok(modes.includes('SPEAKER'));

    await ada.evaluate('CometChatCalls.audioMuted(true)');
    const [mute] = (await bob.logs('onUserMuted')) as [MuteEvent];
    assert.equal(mute.muted.uid, 'ada');
    await ada.evaluate('CometChatCalls.audioMuted(false)');
    await ada.call.untilState('audio-muted', false);
    await ada.evaluate('CometChatCalls.videoPaused(true)');
    await ada.call.untilState('video-paused');
    await ada.evaluate('CometChatCalls.videoPaused(false)');
    await ada.call.untilState('video-paused', false);

    await ada.evaluate('CometChatCalls.setAudioMode({ mode: "SPEAKER" })');
    await ada.call.page.waitForFunction(() =>
      window.CometChatCalls.getAudioOutputDevices().some((one) => one.active),
    );
    // No desktop has an earpiece: that is said, not swallowed.
    await ada.evaluate('CometChatCalls.setAudioMode("EARPIECE")');
    const [error] = (await ada.logs('onError')) as [{ code: string }];
    assert.equal(error.code, 'AUDIO_MODE_UNAVAILABLE');

    await ada.evaluate('CometChatCalls.startRecording()');
    const [started] = (await bob.logs('onRecordingToggled')) as [
      { recordingStarted: boolean; user: SessionUser },
    ];
    assert.deepEqual([started.recordingStarted, started.user.uid], [true, 'ada']);
    await ada.evaluate('CometChatCalls.stopRecording()');
    const [stopped] = (await bob.logs('onRecordingToggled', 2)) as [{ recordingStarted: boolean }];
    assert.equal(stopped.recordingStarted, false);

    await ada.evaluate('CometChatCalls.switchCamera()');
    await ada.evaluate('CometChatCalls.endSession()');
    await ada.isEmpty();
    await bob.logs('onUserLeft');
    await bob.logs('onCallEnded');
  });
});
