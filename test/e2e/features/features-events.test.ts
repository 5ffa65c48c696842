import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { CallEventName } from '../../../src/domain/call/call-events.js';
import { domEventName } from '../../../src/domain/call/call-events.js';
import { CallWorld } from '../world/call-world.js';
import { pressText } from '../world/interface.js';
import { SdkPage } from '../world/sdk-page.js';

const callbacks: readonly CallEventName[] = [
  'onUserJoined',
  'onUserLeft',
  'onUserListUpdated',
  'onUserMuted',
  'onUserUnMuted',
  'onCallSwitchedToVideo',
  'onMediaDeviceListUpdated',
  'onRecordingStarted',
  'onRecordingStopped',
  'onScreenShareStarted',
  'onScreenShareStopped',
  'onCallEnded',
  'onSessionTimeout',
  'onCallEndButtonPressed',
  'onError',
];

interface Notification {
  readonly by: string;
  readonly via: 'listener' | 'dom';
  readonly name: string;
  readonly detail: unknown;
}

type Shape = (detail: unknown) => void;

const has = (detail: unknown, fields: Readonly<Record<string, unknown>>): void => {
  for (const [name, type] of Object.entries(fields))
    assert.equal(typeof (detail as Record<string, unknown>)[name], type, name);
};
const person: Shape = (detail) =>
  has(detail, {
    uid: 'string',
    name: 'string',
    avatar: 'string',
    joinedAt: 'string',
    isAudioMuted: 'boolean',
    isVideoMuted: 'boolean',
  });
const nothing: Shape = (detail) => assert.equal(detail, null);
const mute: Shape = (detail) => {
  const { muted, mutedBy } = detail as { muted: { uid: string }; mutedBy: unknown };
  person(muted);
  person(mutedBy);
  assert.equal(muted.uid, 'ada');
};
const recording: Shape = (detail) => {
  const { user } = detail as { user: { uid: string } };
  has(user, { uid: 'string', name: 'string' });
  assert.equal(user.uid, 'ada');
};

/** Who hears each callback in the call below, how often at least, and with what. */
const rows: Readonly<Record<string, { readonly by: string; readonly shape: Shape }>> = {
  onUserJoined: { by: 'ada', shape: person },
  onUserLeft: { by: 'bob', shape: person },
  onUserListUpdated: {
    by: 'bob',
    shape: (detail) => {
      assert.ok(Array.isArray(detail));
      detail.forEach(person);
      has(detail[0], { id: 'string' });
    },
  },
  onUserMuted: { by: 'bob', shape: mute },
  onUserUnMuted: { by: 'bob', shape: mute },
  onCallSwitchedToVideo: {
    by: 'bob',
    shape: (detail) => {
      const { sessionId, initiator, responder } = detail as Record<string, { uid: string }>;
      assert.equal(sessionId, 'events');
      assert.deepEqual([initiator?.uid, responder?.uid], ['ada', 'bob']);
    },
  },
  onMediaDeviceListUpdated: {
    by: 'ada',
    shape: (detail) => {
      const lists = detail as Record<string, unknown[]>;
      for (const list of ['audioInputDevices', 'audioOutputDevices', 'videoInputDevices']) {
        assert.ok(Array.isArray(lists[list]), list);
        for (const device of lists[list])
          has(device, {
            deviceId: 'string',
            kind: 'string',
            label: 'string',
            groupId: 'string',
            active: 'boolean',
          });
      }
      assert.ok((lists['audioInputDevices']?.length ?? 0) > 0);
    },
  },
  onRecordingStarted: { by: 'bob', shape: recording },
  onRecordingStopped: { by: 'bob', shape: recording },
  onScreenShareStarted: { by: 'ada', shape: nothing },
  onScreenShareStopped: { by: 'ada', shape: nothing },
  onCallEnded: { by: 'bob', shape: nothing },
  onSessionTimeout: { by: 'bob', shape: nothing },
  onCallEndButtonPressed: { by: 'ada', shape: nothing },
  onError: {
    by: 'ada',
    shape: (detail) => {
      has(detail, { code: 'string', name: 'string', message: 'string' });
      assert.ok('details' in (detail as object));
    },
  },
};

describe('each of the 15 callbacks, as a method of the listener and as a DOM event', () => {
  const world = new CallWorld();
  let raised: readonly Notification[] = [];

  /** One call in which everything happens: a voice call that becomes a video call, is recorded, shared, left and times out. */
  before(async () => {
    await world.start();
    const [ada, bob] = [await SdkPage.open(world, 'ada'), await SdkPage.open(world, 'bob')] as const;
    for (const page of [ada, bob]) {
      const names = JSON.stringify(callbacks);
      const domNames = JSON.stringify(
        Object.fromEntries(callbacks.map((name) => [domEventName(name), name])),
      );
      await page.evaluate(
        `const keep = (via, name, detail) =>
           notifications.push({ via, name, detail: JSON.parse(JSON.stringify(detail ?? null)), at: Date.now() });
         const container = document.getElementById('call-container');
         for (const [type, name] of Object.entries(${domNames}))
           container.addEventListener(type, (event) => keep('dom', name, event.detail));
         const listener = Object.fromEntries(${names}.map((name) => [name, (detail) => keep('listener', name, detail)]));
         container.addEventListener('cometchat-recording-available', (event) => event.preventDefault());
         const settings = new CometChatCalls.CallSettingsBuilder()
           .setIsAudioOnlyCall(true).setCallListener(new CometChatCalls.OngoingCallListener(listener)).build();
         await CometChatCalls.startSession(callToken, settings, container);`,
        { callToken: await world.token(page.uid, 'events') },
      );
      await page.inCall(page === ada ? 1 : 2);
    }
    const receives = (page: SdkPage, name: string): Promise<unknown> =>
      page.call.page.waitForFunction(
        (wanted) => window.notifications.some((one) => one.name === wanted),
        { timeout: 30_000 },
        name,
      );
    await ada.evaluate('CometChatCalls.muteAudio(true)');
    await receives(bob, 'onUserMuted');
    await ada.evaluate('CometChatCalls.unMuteAudio()');
    await receives(bob, 'onUserUnMuted');
    await ada.evaluate('CometChatCalls.switchToVideoCall()');
    await pressText(bob.call, 'Accept');
    await receives(ada, 'onCallSwitchedToVideo');
    await ada.evaluate('CometChatCalls.startRecording()');
    await receives(bob, 'onRecordingStarted');
    await ada.evaluate('CometChatCalls.stopRecording()');
    await receives(bob, 'onRecordingStopped');
    await ada.evaluate('CometChatCalls.startScreenShare()');
    await receives(ada, 'onScreenShareStarted');
    await ada.evaluate('CometChatCalls.stopScreenShare()');
    await receives(ada, 'onScreenShareStopped');
    await ada.evaluate('CometChatCalls.setAudioMode("EARPIECE")');
    await receives(ada, 'onError');
    await ada.press('button-end-call');
    await receives(ada, 'onCallEndButtonPressed');
    const pressed = await ada.call.page.evaluate(() => window.notifications);
    // The application decides: until it ends the session, the call goes on.
    assert.equal(
      await ada.call.page.evaluate(() => document.querySelector('cometchat-call')?.participants.length),
      2,
    );
    await ada.evaluate('CometChatCalls.endSession()');
    await receives(bob, 'onCallEnded');
    await bob.evaluate("document.querySelector('cometchat-call').idleTimeoutPeriod = 1");
    await receives(bob, 'onSessionTimeout');
    const received = await bob.call.page.evaluate(() => window.notifications);
    raised = [
      ...pressed.map((one) => ({ ...(one as unknown as Notification), by: 'ada' })),
      ...received.map((one) => ({ ...(one as unknown as Notification), by: 'bob' })),
    ];
  });

  for (const name of callbacks)
    it(`${name} reaches the listener and is dispatched as ${domEventName(name)}`, () => {
      const { by, shape } = rows[name]!;
      const mine = raised.filter((one) => one.by === by && one.name === name);
      const details = (via: Notification['via']): readonly unknown[] =>
        mine.filter((one) => one.via === via).map(({ detail }) => detail);
      assert.ok(details('listener').length > 0, `${by} received nothing`);
      details('listener').forEach(shape);
      assert.deepEqual(details('dom'), details('listener'));
    });

  it('onCallEnded and onSessionTimeout are not raised for the one who hung up', () => {
    const names = raised.filter(({ by }) => by === 'ada').map(({ name }) => name);
    for (const name of ['onCallEnded', 'onSessionTimeout', 'onUserLeft'])
      assert.equal(names.includes(name), false);
  });

  it('onScreenShareStarted is raised only for the one who shares', () => {
    assert.equal(
      raised.some(({ by, name }) => by === 'bob' && name.startsWith('onScreenShare')),
      false,
    );
  });
});
