import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { V5Page } from '../world/v5-page.js';
import { authKey, world, signedIn, join } from './v5-setup.js';

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
    await ada.listen(
      'onConnectionClosed',
      'onSessionLeft',
      'onLeaveSessionButtonClicked',
      'onParticipantJoined',
    );
    await ada.run(`CometChatCalls.generateToken('meeting').then(({ token }) => {
      CometChatCalls.joinSession(token, {}, container);
    });`);
    const bob = await signedIn('bob');
    await bob.listen('onParticipantLeft', 'onParticipantListChanged');
    await join(bob, 'meeting');
    await Promise.all([ada, bob].map((page) => page.inCall(2)));
    await Promise.all([ada, bob].map(({ call }) => call.untilReceiving({ video: 1, audio: 1 })));
    const joined = (await ada.event('onParticipantJoined')) as Record<string, unknown>;
    assert.deepEqual(
      { ...joined, pid: typeof joined['pid'] },
      { pid: 'string', uid: 'bob', name: 'bob', avatar: '' },
    );

    await ada.press('[data-control=end-call]');
    await ada.event('onConnectionClosed');
    await ada.isEmpty();
    assert.deepEqual((await ada.names()).slice(1).sort(), [
      'onConnectionClosed',
      'onLeaveSessionButtonClicked',
      'onSessionLeft',
    ]);
    const left = (await bob.event('onParticipantLeft')) as Record<string, unknown>;
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
    await ada.listen('onSessionLeft', 'onLeaveSessionButtonClicked');
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
    await ada.event('onSessionLeft');
    await ada.isEmpty();
    assert.deepEqual(await ada.names(), ['onSessionLeft']);
  });
});

describe('the classic script', () => {
  it('has the names of v5, whose code comes from another module graph', async () => {
    const { page } = await world.page('chromium', { path: '/umd.html', profile: 'classic' });
    const seen = await page.evaluate(async (key) => {
      const { CometChatCalls } = window as unknown as Pick<Window['app'], 'CometChatCalls'>;
      const container = document.body.appendChild(document.createElement('div'));
      const notified: unknown[] = [];
      const closed = new Promise((resolve) =>
        CometChatCalls.addEventListener('onConnectionClosed', () => resolve('closed')),
      );
      CometChatCalls.addEventListener('onSessionJoined', () => notified.push('joined'));
      const { success } = await CometChatCalls.init({ appId: 'app', region: 'us', authKey: key });
      const { uid } = await CometChatCalls.login('cy');
      const { token } = await CometChatCalls.generateToken('classic');
      const settings = new CometChatCalls.CallSettingsBuilder().setAvatarMode('square').build();
      const { error } = await CometChatCalls.joinSession(token, settings, container);
      const { avatarMode } = document.querySelector('cometchat-call') ?? {};
      CometChatCalls.toggleHand();
      await CometChatCalls.leaveSession();
      return [
        success,
        uid,
        CometChatCalls.getLoggedInUser()?.uid,
        error,
        avatarMode,
        ...notified,
        await closed,
      ];
    }, authKey);
    assert.deepEqual(seen, [true, 'cy', 'cy', null, 'square', 'joined', 'closed']);
  });
});

describe('an application with both packages aliased, written from the documents', () => {
  it('rings, talks and hangs up, and both sides are notified', async () => {
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
    // Both pages end the ringing when the session is over; the later one learns of it from the other.
    await Promise.any([ada, bob].map((page) => page.logged('ended')));
    for (const { call } of [ada, bob])
      assert.equal(await call.page.evaluate(() => window.app.CometChat.getActiveCall()), null);
  });
});
