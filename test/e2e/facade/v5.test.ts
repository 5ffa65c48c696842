import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'node:test';
import { CallWorld } from '../world/call-world.js';
import { V5Page } from '../world/v5-page.js';

const authKey = 'an API key for tests, of enough bytes';
const world = new CallWorld({ apiKey: authKey });
before(() => world.start());
afterEach(() => world.clear());

const initialise = `const result = await CometChatCalls.init({ appId: 'app', region: 'US', authKey: '${authKey}' });`;

/** A page whose user is signed in. */
async function signedIn(uid: string): Promise<V5Page> {
  const page = await V5Page.open(world, uid);
  await page.run(`${initialise} await CometChatCalls.login('${uid}');`);
  return page;
}

async function join(page: V5Page, sessionId: string, settings: object = {}): Promise<void> {
  const error = await page.run(`
    const { token } = await CometChatCalls.generateToken('${sessionId}');
    const { error } = await CometChatCalls.joinSession(token, ${JSON.stringify(settings)}, container);
    return error && error.errorCode;`);
  assert.equal(error, null);
}

/** Ada and Bob in one session; both hear the events. */
async function pair(sessionId: string, ...events: readonly string[]): Promise<readonly [V5Page, V5Page]> {
  const pages = [await signedIn('ada'), await signedIn('bob')] as const;
  for (const page of pages) {
    await page.hear(...events);
    await join(page, sessionId);
  }
  await Promise.all(pages.map((page) => page.inCall(2)));
  return pages;
}

const pidOf = (page: V5Page, uid: string): Promise<string> =>
  page.run(
    `return document.querySelector('cometchat-call').participants.find(({ uid }) => uid === '${uid}').id`,
  );

describe('an application like the sample apps of v5', () => {
  it('initialises, signs in, joins, talks, leaves by the button, and is still signed in after a reload', async () => {
    const ada = await V5Page.open(world, 'ada');
    const first = await ada.run(`
      const initialising = CometChatCalls.init({ appId: 'app', region: 'US', authKey: '${authKey}' });
      const early = CometChatCalls.getLoggedInUser();
      const { error } = await initialising;
      const user = await CometChatCalls.login('ada');
      return [early, error, user.uid, user.name, CometChatCalls.getLoggedInUser().uid];`);
    assert.deepEqual(first, [null, null, 'ada', 'ada', 'ada']);
    await ada.hear(
      'onConnectionClosed',
      'onSessionLeft',
      'onLeaveSessionButtonClicked',
      'onParticipantJoined',
    );
    await ada.run(`CometChatCalls.generateToken('meeting').then(({ token }) => {
      CometChatCalls.joinSession(token, {}, container);
    });`);
    const bob = await signedIn('bob');
    await bob.hear('onParticipantLeft', 'onParticipantListChanged');
    await join(bob, 'meeting');
    await Promise.all([ada, bob].map((page) => page.inCall(2)));
    await Promise.all([ada, bob].map(({ call }) => call.untilReceiving({ video: 1, audio: 1 })));
    const joined = (await ada.told('onParticipantJoined')) as Record<string, unknown>;
    assert.deepEqual(
      { ...joined, pid: typeof joined['pid'] },
      { pid: 'string', uid: 'bob', name: 'bob', avatar: '' },
    );

    await ada.press('[data-control=end-call]');
    await ada.told('onConnectionClosed');
    await ada.isEmpty();
    assert.deepEqual((await ada.names()).slice(1).sort(), [
      'onConnectionClosed',
      'onLeaveSessionButtonClicked',
      'onSessionLeft',
    ]);
    const left = (await bob.told('onParticipantLeft')) as Record<string, unknown>;
    assert.equal(left['uid'], 'ada');
    assert.equal(await ada.call.liveTracks(), 0);

    await ada.call.page.reload();
    await ada.ready();
    const later = await ada.run(`
      const before = CometChatCalls.getLoggedInUser().uid;
      const initialising = CometChatCalls.init({ appId: 'app', region: 'US' });
      const during = CometChatCalls.getLoggedInUser().uid;
      await initialising;
      const out = await CometChatCalls.logout();
      return [before, during, typeof out, CometChatCalls.getLoggedInUser()];`);
    assert.deepEqual(later, ['ada', 'ada', 'string', null]);
    assert.deepEqual(await ada.call.errors(), []);
  });

  it('moves to another session when the first one was left', async () => {
    const ada = await signedIn('ada');
    await join(ada, 'first');
    await ada.run(`
      const stop = CometChatCalls.addEventListener('onSessionLeft', async () => {
        stop();
        const { token } = await CometChatCalls.generateToken('second');
        await CometChatCalls.joinSession(token, {}, container);
      });
      CometChatCalls.leaveSession();`);
    const bob = await signedIn('bob');
    await join(bob, 'second');
    await Promise.all([ada, bob].map((page) => page.inCall(2)));
  });
});

describe('an application like UI kit 7', () => {
  it('signs in to the Chat SDK only, hides what it draws itself, and leaves more than once', async () => {
    const ada = await V5Page.open(world, 'kit');
    const { success, auth } = await ada.run<{ success: boolean; auth: string }>(`
      await CometChat.init('kit', new CometChat.AppSettingsBuilder().setRegion('us').build());
      const user = await CometChat.login('ada', '${authKey}');
      const { success } = await CometChatCalls.init({ appId: 'kit', region: 'us' });
      return { success, auth: user.getAuthToken() };`);
    assert.equal(success, true);
    await ada.hear('onSessionLeft', 'onLeaveSessionButtonClicked');
    const tokens = await ada.run<string[]>(`
      const own = await CometChatCalls.generateToken('call');
      const { token } = await CometChatCalls.generateToken('call', '${auth}');
      return [own.token, token];`);
    const users = tokens.map(
      (token) =>
        (JSON.parse(atob(token.split('.')[1] ?? '')) as { data: { user: { uid: string } } }).data.user.uid,
    );
    assert.deepEqual(users, ['ada', 'ada']);
    await join(ada, 'call', {
      sessionType: 'VOICE',
      startAudioMuted: true,
      hideToggleVideoButton: true,
      hideLeaveSessionButton: true,
      hideRaiseHandButton: true,
    });
    await ada.call.untilState('audio-muted');
    await ada.shows('[data-control=mute-audio]');
    for (const hidden of ['end-call', 'pause-video', 'raise-hand', 'recording'])
      await ada.showsNot(`[data-control=${hidden}]`);
    await ada.run(
      'CometChatCalls.leaveSession(); CometChatCalls.leaveSession(); await CometChatCalls.leaveSession();',
    );
    await ada.told('onSessionLeft');
    await ada.isEmpty();
    assert.deepEqual(await ada.names(), ['onSessionLeft']);
  });
});

describe('what one does in a session is seen by the other', () => {
  it('a raised hand', async () => {
    const [ada, bob] = await pair(
      'hand',
      'onParticipantHandRaised',
      'onParticipantHandLowered',
      'onRaiseHandButtonClicked',
    );
    await ada.run('CometChatCalls.raiseHand()');
    assert.equal(((await bob.told('onParticipantHandRaised')) as { uid: string }).uid, 'ada');
    await bob.shows('[aria-label="Hand raised"]');
    await ada.press('[data-control=raise-hand]');
    await ada.told('onRaiseHandButtonClicked');
    assert.equal(((await bob.told('onParticipantHandLowered')) as { uid: string }).uid, 'ada');
    await bob.run('CometChatCalls.toggleHand()');
    assert.equal(((await ada.told('onParticipantHandRaised', 2)) as { uid: string }).uid, 'bob');
  });

  it('being muted and losing the camera by another, by code and by the list of participants', async () => {
    const events = ['onAudioMuted', 'onVideoPaused', 'onParticipantAudioMuted', 'onParticipantVideoPaused'];
    const [ada, bob] = await pair('mute', ...events, 'onParticipantListVisible', 'onParticipantListHidden');
    await ada.call.untilReceiving({ video: 1, audio: 1 });
    const pid = await pidOf(ada, 'bob');
    await ada.run(`CometChatCalls.pauseParticipantVideo('${pid}')`);
    await bob.told('onVideoPaused');
    assert.equal(((await ada.told('onParticipantVideoPaused')) as { pid: string }).pid, pid);
    await bob.call.untilState('video-paused');

    await ada.run('CometChatCalls.showParticipantList()');
    await ada.told('onParticipantListVisible');
    await ada.press('[aria-label="Mute bob"]');
    await bob.told('onAudioMuted');
    assert.equal(((await ada.told('onParticipantAudioMuted')) as { uid: string }).uid, 'bob');
    await bob.call.untilState('audio-muted');
    assert.deepEqual(
      await ada.run('return document.querySelector("cometchat-call").matches(":state(audio-muted)")'),
      false,
    );
    await ada.run('CometChatCalls.toggleParticipantList()');
    await ada.told('onParticipantListHidden');
    await ada.showsNot('[part~=panel]');

    await bob.run('CometChatCalls.unmuteAudio()');
    await bob.call.untilState('audio-muted', false);
    await ada.run(`CometChatCalls.muteParticipant('bob')`);
    await bob.told('onAudioMuted', 2);
  });

  it('the end of the session for all', async () => {
    const events = ['onSessionLeft', 'onConnectionClosed', 'onConnectionFailed', 'onConnectionLost'];
    const [ada, bob] = await pair('end for all', ...events);
    await ada.run('CometChatCalls.endSessionForAll()');
    await Promise.all([ada, bob].map((page) => page.told('onConnectionClosed')));
    await ada.isEmpty();
    await bob.shows('[part~=ended]');
    assert.deepEqual(await bob.names(), ['onSessionLeft', 'onConnectionClosed']);
    assert.equal(await bob.call.liveTracks(), 0);
    await bob.run('await CometChatCalls.leaveSession()');
    await bob.isEmpty();
  });

  it('the end of a peer call, when one of the two leaves', async () => {
    const pages = [await signedIn('ada'), await signedIn('bob')] as const;
    for (const page of pages) {
      await page.hear('onSessionLeft');
      await join(page, 'peers', { isPeerCall: true });
    }
    const [ada, bob] = pages;
    await Promise.all(pages.map((page) => page.inCall(2)));
    await ada.run('CometChatCalls.leaveSession()');
    await bob.told('onSessionLeft');
    await bob.isEmpty();
  });
});

describe('what one does in a session for oneself', () => {
  it('pins a participant and a screen', async () => {
    const [ada, bob] = await pair('pin', 'onParticipantStartedScreenShare', 'onScreenShareStarted');
    const pinned = () => ada.run('return document.querySelector("cometchat-call").callState.pinned');
    const pid = await pidOf(ada, 'bob');
    await ada.run(`CometChatCalls.pinParticipant('${pid}', 'human')`);
    await ada.shows('[part~=tile-front]');
    assert.deepEqual(await pinned(), { participantId: pid, source: 'camera' });
    await ada.run('CometChatCalls.unpinParticipant()');
    await ada.call.page.waitForFunction(() => {
      const state = document.querySelector('cometchat-call')?.callState;
      return state && 'pinned' in state && state.pinned === null;
    });
    await bob.press('[data-control=screen-share]');
    await bob.told('onScreenShareStarted');
    await ada.told('onParticipantStartedScreenShare');
    await ada.run(`CometChatCalls.pinParticipant('bob', 'screen-share')`);
    await ada.call.page.waitForFunction(() => {
      const state = document.querySelector('cometchat-call')?.callState;
      return state && 'pinned' in state && state.pinned?.source === 'screen';
    });
    await bob.run('CometChatCalls.stopScreenSharing()');
  });

  it('changes the layout, toggles, and tells of every button', async () => {
    const buttons = {
      'mute-audio': 'onToggleAudioButtonClicked',
      'pause-video': 'onToggleVideoButtonClicked',
      participants: 'onParticipantListButtonClicked',
      mode: 'onChangeLayoutButtonClicked',
    };
    const ada = await signedIn('ada');
    const events = [
      'onAudioMuted',
      'onAudioUnMuted',
      'onVideoPaused',
      'onVideoResumed',
      'onCallLayoutChanged',
    ];
    await ada.hear(...Object.values(buttons), ...events, 'onParticipantListVisible');
    await join(ada, 'alone', { title: 'Stand-up', startVideoPaused: true });
    await ada.shows('[part~=title]');
    await ada.run(`CometChatCalls.setLayout('SIDEBAR'); CometChatCalls.setLayout('NONE');`);
    assert.equal(await ada.told('onCallLayoutChanged'), 'SIDEBAR');
    await ada.run('CometChatCalls.toggleVideo()');
    await ada.told('onVideoResumed');
    await ada.run('CometChatCalls.toggleAudio()');
    await ada.told('onAudioMuted');
    for (const [control, event] of Object.entries(buttons)) {
      await ada.press(`[data-control=${control}]`);
      await ada.told(event);
    }
    await ada.told('onAudioUnMuted');
    await ada.told('onVideoPaused');
    await ada.told('onParticipantListVisible');
    const devices = await ada.run<{ label: string }[]>(`return [
      CometChatCalls.getCurrentAudioInputDevice(), CometChatCalls.getCurrentVideoInputDevice()];`);
    assert.ok(devices.every(({ label }) => label !== ''));
  });
});

describe('the classic script', () => {
  it('has the names of v5, whose code comes from another module graph', async () => {
    const { page } = await world.page('chromium', { path: '/umd.html', profile: 'classic' });
    const seen = await page.evaluate(async (key) => {
      const { CometChatCalls } = window as unknown as Pick<Window['app'], 'CometChatCalls'>;
      const container = document.body.appendChild(document.createElement('div'));
      const told: unknown[] = [];
      const closed = new Promise((resolve) =>
        CometChatCalls.addEventListener('onConnectionClosed', () => resolve('closed')),
      );
      CometChatCalls.addEventListener('onSessionJoined', () => told.push('joined'));
      const { success } = await CometChatCalls.init({ appId: 'app', region: 'us', authKey: key });
      const { uid } = await CometChatCalls.login('cy');
      const { token } = await CometChatCalls.generateToken('classic');
      const settings = new CometChatCalls.CallSettingsBuilder().setAvatarMode('square').build();
      const { error } = await CometChatCalls.joinSession(token, settings, container);
      const { avatarMode } = document.querySelector('cometchat-call') ?? {};
      CometChatCalls.toggleHand();
      await CometChatCalls.leaveSession();
      return [success, uid, CometChatCalls.getLoggedInUser()?.uid, error, avatarMode, ...told, await closed];
    }, authKey);
    assert.deepEqual(seen, [true, 'cy', 'cy', null, 'square', 'joined', 'closed']);
  });
});

describe('an application with both packages aliased, written from the documents', () => {
  it('rings, talks and hangs up, and both sides are told', async () => {
    const [ada, bob] = [await V5Page.open(world, 'ada'), await V5Page.open(world, 'bob')];
    for (const [page, uid] of [
      [ada, 'ada'],
      [bob, 'bob'],
    ] as const) {
      await page.call.page.evaluate((who, key) => window.app.receive(who, key), uid, authKey);
      await page.logged(`chat: ${uid}`);
      await page.logged(`calls: ${uid}`);
    }
    await ada.call.page.evaluate(() => window.app.dial('bob'));
    await bob.logged('rung by ada');
    await Promise.all([ada, bob].map((page) => page.inCall(2)));
    await Promise.all([ada, bob].map(({ call }) => call.untilReceiving({ video: 1, audio: 1 })));
    await ada.call.page.evaluate(() => window.app.hangUp());
    for (const page of [ada, bob]) {
      await page.logged('left');
      await page.isEmpty();
    }
    // Both pages end the ringing when the session is over; whoever is later is told by the other.
    await Promise.any([ada, bob].map((page) => page.logged('ended')));
    for (const { call } of [ada, bob])
      assert.equal(await call.page.evaluate(() => window.app.CometChat.getActiveCall()), null);
  });
});
