import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type V5Page } from '../world/v5-page.js';
import { signedIn, join } from './v5-setup.js';

/** Ada and Bob in one session; both hear the events. */
async function pair(sessionId: string, ...events: readonly string[]): Promise<readonly [V5Page, V5Page]> {
  const pages = [await signedIn('ada'), await signedIn('bob')] as const;
  for (const page of pages) {
    await page.listen(...events);
    await join(page, sessionId);
  }
  await Promise.all(pages.map((page) => page.inCall(2)));
  return pages;
}

const pidOf = (page: V5Page, uid: string): Promise<string> =>
  page.run(
    `return document.querySelector('cometchat-call').participants.find(({ uid }) => uid === '${uid}').id`,
  );

describe('what one does in a session is seen by the other', () => {
  it('a raised hand', async () => {
    const [ada, bob] = await pair(
      'hand',
      'onParticipantHandRaised',
      'onParticipantHandLowered',
      'onRaiseHandButtonClicked',
    );
    await ada.run('CometChatCalls.raiseHand()');
    assert.equal(((await bob.event('onParticipantHandRaised')) as { uid: string }).uid, 'ada');
    await bob.shows('[aria-label="Hand raised"]');
    await ada.press('[data-control=raise-hand]');
    await ada.event('onRaiseHandButtonClicked');
    assert.equal(((await bob.event('onParticipantHandLowered')) as { uid: string }).uid, 'ada');
    await bob.run('CometChatCalls.toggleHand()');
    assert.equal(((await ada.event('onParticipantHandRaised', 2)) as { uid: string }).uid, 'bob');
  });

  it('being muted and losing the camera by another, by code and by the list of participants', async () => {
    const events = ['onAudioMuted', 'onVideoPaused', 'onParticipantAudioMuted', 'onParticipantVideoPaused'];
    const [ada, bob] = await pair('mute', ...events, 'onParticipantListVisible', 'onParticipantListHidden');
    await ada.call.untilReceiving({ video: 1, audio: 1 });
    const pid = await pidOf(ada, 'bob');
    await ada.run(`CometChatCalls.pauseParticipantVideo('${pid}')`);
    await bob.event('onVideoPaused');
    assert.equal(((await ada.event('onParticipantVideoPaused')) as { pid: string }).pid, pid);
    await bob.call.untilState('video-paused');

    await ada.run('CometChatCalls.showParticipantList()');
    await ada.event('onParticipantListVisible');
    await ada.press('[aria-label="Mute bob"]');
    await bob.event('onAudioMuted');
    assert.equal(((await ada.event('onParticipantAudioMuted')) as { uid: string }).uid, 'bob');
    await bob.call.untilState('audio-muted');
    assert.deepEqual(
      await ada.run('return document.querySelector("cometchat-call").matches(":state(audio-muted)")'),
      false,
    );
    await ada.run('CometChatCalls.toggleParticipantList()');
    await ada.event('onParticipantListHidden');
    await ada.showsNot('[part~=panel]');

    await bob.run('CometChatCalls.unmuteAudio()');
    await bob.call.untilState('audio-muted', false);
    await ada.run(`CometChatCalls.muteParticipant('bob')`);
    await bob.event('onAudioMuted', 2);
  });

  it('the end of the session for all', async () => {
    const events = ['onSessionLeft', 'onConnectionClosed', 'onConnectionFailed', 'onConnectionLost'];
    const [ada, bob] = await pair('end for all', ...events);
    await ada.run('CometChatCalls.endSessionForAll()');
    await Promise.all([ada, bob].map((page) => page.event('onConnectionClosed')));
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
      await page.listen('onSessionLeft');
      await join(page, 'peers', { isPeerCall: true });
    }
    const [ada, bob] = pages;
    await Promise.all(pages.map((page) => page.inCall(2)));
    await ada.run('CometChatCalls.leaveSession()');
    await bob.event('onSessionLeft');
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
    await bob.event('onScreenShareStarted');
    await ada.event('onParticipantStartedScreenShare');
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
    await ada.listen(...Object.values(buttons), ...events, 'onParticipantListVisible');
    await join(ada, 'alone', { title: 'Stand-up', startVideoPaused: true });
    await ada.shows('[part~=title]');
    await ada.run(`CometChatCalls.setLayout('SIDEBAR'); CometChatCalls.setLayout('NONE');`);
    assert.equal(await ada.event('onCallLayoutChanged'), 'SIDEBAR');
    await ada.run('CometChatCalls.toggleVideo()');
    await ada.event('onVideoResumed');
    await ada.run('CometChatCalls.toggleAudio()');
    await ada.event('onAudioMuted');
    for (const [control, event] of Object.entries(buttons)) {
      await ada.press(`[data-control=${control}]`);
      await ada.event(event);
    }
    await ada.event('onAudioUnMuted');
    await ada.event('onVideoPaused');
    await ada.event('onParticipantListVisible');
    const devices = await ada.run<{ label: string }[]>(`return [
      CometChatCalls.getCurrentAudioInputDevice(), CometChatCalls.getCurrentVideoInputDevice()];`);
    assert.ok(devices.every(({ label }) => label !== ''));
  });
});
