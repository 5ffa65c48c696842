import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterEach, before, describe, it } from 'node:test';
import { calls5 } from '../../fakes/facade/v5-surface.js';
import { CallWorld } from '../world/call-world.js';

const world = new CallWorld();
before(() => world.start());
afterEach(() => world.clear());

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** The names of CometChat's SDKs that the built files are searched for: what they hang on, and what is expected there. */
const surface = {
  'CometChatCalls, v4': {
    of: 'CometChatCalls',
    names: words(`init generateToken startSession joinPresentation endSession addCallEventListener
      removeCallEventListener muteAudio unMuteAudio pauseVideo unPauseVideo resumeVideo switchCamera
      switchToVideoCall startScreenShare stopScreenShare startRecording stopRecording setMode
      openVirtualBackground closeVirtualBackground setBackgroundBlur setBackgroundImage getAudioInputDevices
      getAudioOutputDevices getVideoInputDevices setAudioInputDevice setAudioOutputDevice setVideoInputDevice
      getCallDetails CALL_MODE MODE OngoingCallListener CallSettingsBuilder CallSettings CallAppSettingsBuilder
      CallAppSettings MainVideoContainerSetting PresenterSettingsBuilder PresenterSettings
      CallLogRequestBuilder CallLog CallUser CallGroup Participant Recording`),
  },
  'CometChatCalls, v5': {
    of: 'CometChatCalls',
    names: [
      ...calls5.methods,
      ...calls5.actions,
      ...words(`constants enablePictureInPictureLayout disablePictureInPictureLayout showSettingsDialog
        hideSettingsDialog showVirtualBackgroundDialog hideVirtualBackgroundDialog clearVirtualBackground
        setVirtualBackgroundBlurLevel setVirtualBackgroundImage`),
    ],
  },
  CallSettingsBuilder: {
    of: 'new CometChatCalls.CallSettingsBuilder()',
    names: words(`enableDefaultLayout setIsAudioOnlyCall setMode showEndCallButton showMuteAudioButton
      showPauseVideoButton showScreenShareButton showModeButton startWithAudioMuted startWithVideoMuted
      setIdleTimeoutPeriod showSwitchToVideoCallButton setMainVideoContainerSetting setCallListener
      showRecordingButton startRecordingOnCallStart showVirtualBackgroundSetting setVirtualBackground
      setLocalizedStringObject setAnalyticsSettings build`),
  },
  CometChat: {
    of: 'CometChat',
    names: words(`CALL_MODE CALL_TYPE CALL_STATUS RECEIVER_TYPE CATEGORY_CALL Call CallListener User Group
      AppSettings AppSettingsBuilder CallSettings CallSettingsBuilder MainVideoContainerSetting VirtualBackground
      VirtualBackgroundBuilder CometChatException init login logout getLoggedinUser getLoggedInUser getUserAuthToken initiateCall acceptCall
      rejectCall endCall getActiveCall clearActiveCall getCallParticipantCount sendUnansweredResponse startCall
      addCallListener removeCallListener`),
  },
  VirtualBackground: {
    of: 'new CometChat.VirtualBackground()',
    names: words(`shouldAllowBackgroundBlur shouldAllowUserImages shouldShowDefaultImages getImages
      isBackgroundBlurEnforced getEnforcedBackgroundImage allowBackgroundBlur allowUserImages showDefaultImages
      setImages enforceBackgroundBlur enforceBackgroundImage`),
  },
  VirtualBackgroundBuilder: {
    of: 'new CometChat.VirtualBackgroundBuilder()',
    names: words(`allowBackgroundBlur allowUserImages showDefaultImages setImages enforceBackgroundBlur
      enforceBackgroundImage build`),
  },
  Call: {
    of: `new CometChat.Call('ada', 'video', 'user')`,
    names:
      words(`getSessionId getType getReceiverType getStatus getAction getSender getReceiver getCallInitiator
      getCallReceiver getInitiatedAt getJoinedAt getMetadata getId getSentAt getCategory getReceiverId
      setSessionId setType setReceiverType setStatus setAction setSender setReceiver setCallInitiator
      setCallReceiver setInitiatedAt setJoinedAt setMetadata setCategory setReceiverId`),
  },
  User: {
    of: `new CometChat.User('ada')`,
    names: words(
      'getUid getName getAvatar getAuthToken getStatus getRole getMetadata getLink getStatusMessage',
    ),
  },
  AppSettingsBuilder: {
    of: 'new CometChat.AppSettingsBuilder()',
    names: words(`subscribePresenceForAllUsers subscribePresenceForRoles subscribePresenceForFriends setRegion
      enableAutoJoinForGroups autoEstablishSocketConnection overrideAdminHost overrideClientHost setStorageMode
      build`),
  },
} as const;

/** What one has read of before one looks for it: the documents say that it is not there. */
const document = (file: string): string =>
  readFileSync(new URL(`../../../demo/docs/${file}`, import.meta.url), 'utf8');
const absences = [
  /^\|(.*?)\| Not there\./m.exec(document('cometchat-v5.md'))?.[1],
  /Not there: (.*?)\n\n/s.exec(document('ringing.md'))?.[1],
].join();

describe('the names of CometChat’s SDKs in the built files', () => {
  it('are there, or the documents say that they are not', async () => {
    const { page } = await world.page('chromium', { path: '/sdk.html' });
    await page.waitForFunction(() => 'CometChatCalls' in window);
    const missing: Record<string, readonly string[]> = {};
    for (const [title, { of, names }] of Object.entries(surface)) {
      const found = (await page.evaluate(`{
        const found = [];
        for (let at = ${of}; at; at = Object.getPrototypeOf(at)) found.push(...Object.getOwnPropertyNames(at));
        found;
      }`)) as readonly string[];
      missing[title] = names.filter((name) => !found.includes(name) && !isDocumented(name));
    }
    assert.deepEqual(
      Object.entries(missing).filter(([, names]) => names.length > 0),
      [],
    );
  });

  it('the page tells which SDK it has, once it is initialised', async () => {
    const { page } = await world.page('chromium', { path: '/sdk.html' });
    await page.waitForFunction(() => 'CometChatCalls' in window);
    await page.evaluate(() => void window.CometChatCalls.init({ appId: 'app', region: 'us' }));
    const info = await page.waitForFunction(() => window.getCometChatCallSDKInfo?.());
    const { name, version } = JSON.parse(
      readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
    ) as { name: string; version: string };
    assert.deepEqual(await info.jsonValue(), { name, version });
  });
});

function isDocumented(name: string): boolean {
  return absences.includes(`\`${name}\``);
}
