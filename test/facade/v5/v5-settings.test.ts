import { expect } from '@open-wc/testing';
import { defaultSettings } from '../../../src/settings/setting-rows.js';
import { appOf, fromFile } from '../../../src/facade/v5/account/app-settings.js';
import {
  elementSettingsOf,
  settingsFault,
  type SessionSettings,
} from '../../../src/facade/v5/session/session-settings.js';

describe('the session settings of v5', () => {
  const rows: readonly (readonly [SessionSettings, object])[] = [
    [{}, { mode: 'TILE', audioOnly: false, showRecordingButton: false, showNetworkLabel: false }],
    [{}, { idleTimeoutPeriod: 240, idleWarningPeriod: 180 }],
    [{ sessionType: 'VOICE' }, { audioOnly: true, showSwitchToVideoCallButton: false }],
    [{ layout: 'SPOTLIGHT' }, { mode: 'SPOTLIGHT' }],
    [{ layout: 'SIDEBAR' }, { mode: 'SIDEBAR' }],
    [{ startAudioMuted: true }, { startWithAudioMuted: true }],
    [{ startVideoPaused: true }, { startWithVideoMuted: true }],
    [{ autoStartRecording: true }, { startRecordingOnCallStart: true }],
    [{ enableSpotlightDrag: false }, { enableDraggableVideoTile: false }],
    [{ hideControlPanel: true }, { showControlPanel: false }],
    [{ hideLeaveSessionButton: true }, { showEndCallButton: false }],
    [{ hideToggleAudioButton: true }, { showMuteAudioButton: false }],
    [{ hideToggleVideoButton: true }, { showPauseVideoButton: false }],
    [{ hideScreenSharingButton: true }, { showScreenShareButton: false }],
    [{ hideChangeLayoutButton: true }, { showModeButton: false }],
    [{ hideRaiseHandButton: true }, { showRaiseHandButton: false }],
    [{ hideParticipantListButton: true }, { showParticipantListButton: false }],
    [{ hideSwitchCameraButton: true }, { showSwitchCameraButton: false }],
    [{ hideRecordingButton: false }, { showRecordingButton: true }],
    [{ hideNetworkIndicator: false }, { showNetworkLabel: true }],
    [{ hideSessionTimer: true }, { showSessionTimer: false }],
    [{ title: 'Stand-up' }, { callTitle: 'Stand-up' }],
    [
      { title: 'Stand-up', hideHeaderPanel: true },
      { callTitle: '', showSessionTimer: false },
    ],
    [{ audioInputDeviceId: 'm1' }, { audioInputDeviceId: 'm1' }],
    [
      { idleTimeoutPeriodBeforePrompt: 5000, idleTimeoutPeriodAfterPrompt: 90_000 },
      { idleTimeoutPeriod: 95, idleWarningPeriod: 90 },
    ],
    [{ idleTimeoutPeriodAfterPrompt: 1000 }, { idleTimeoutPeriod: 120, idleWarningPeriod: 60 }],
  ];
  for (const [settings, expected] of rows)
    it(`${JSON.stringify(settings)} is ${JSON.stringify(expected)}`, () =>
      expect(elementSettingsOf(settings)).to.include(expected));

  it('leave alone what they do not speak of', () => {
    const untouched = ['avatarMode', 'showFullScreenButton', 'enableDefaultLayout', 'lobby'];
    expect(elementSettingsOf({ hideControlPanel: true })).not.to.have.any.keys(...untouched);
    expect(Object.keys(elementSettingsOf({ title: 'x' }))).to.satisfy((names: string[]) =>
      names.every((name) => name in defaultSettings),
    );
  });

  for (const wrong of [
    { startAudioMuted: 'yes' },
    { layout: 'CIRCLE' },
    { sessionType: 'AUDIO' },
    { idleTimeoutPeriodAfterPrompt: -1 },
    { idleTimeoutPeriodBeforePrompt: 'soon' },
    { title: 7 },
    { isPeerCall: 1 },
  ])
    it(`${JSON.stringify(wrong)} is wrong, and it is said why`, () =>
      expect(settingsFault(wrong as never)).to.include(Object.keys(wrong)[0]));

  it('of features that there are not are ignored, and so is what is undefined', () => {
    const ignored = { hideChatButton: false, captionLanguage: 'en-US', startAudioMuted: undefined };
    expect(settingsFault(ignored as never)).to.equal(null);
  });
});

describe('the app settings of v5', () => {
  const base = { appId: 'app', region: 'US' };
  const hostOf = (settings: object): string => {
    const app = appOf({ ...base, ...settings });
    return typeof app === 'string' ? `wrong: ${app}` : app.getHost();
  };

  it('need no host: then it is the page’s', () => expect(hostOf({})).to.equal(''));

  for (const [settings, host] of [
    [{ host: 'https://calls.example.com/v3.0/' }, 'https://calls.example.com'],
    [{ host: 'calls.example.com' }, 'https://calls.example.com'],
    [{ clientHost: 'https://a.example', adminHost: 'https://b.example' }, 'https://a.example'],
    [{ host: null, adminHost: 'https://b.example' }, 'https://b.example'],
  ] as const)
    it(`${JSON.stringify(settings)} is ${host}`, () => expect(hostOf(settings)).to.equal(host));

  for (const wrong of [
    { appId: '' },
    { appId: 7 },
    { region: 'mars' },
    { region: undefined },
    { host: 'http://' },
    { authKey: 5 },
  ])
    it(`${JSON.stringify(wrong)} is wrong`, () =>
      expect(appOf({ ...base, ...wrong } as never)).to.be.a('string'));

  it('come from a file as well', () => {
    const file = {
      ...base,
      credentials: { authKey: 'key' },
      callsSDK: { host: 'https://calls.example.com' },
    };
    const app = appOf(fromFile(file));
    expect(typeof app === 'string' ? app : [app.getAppId(), app.getHost(), app.authKey]).to.deep.equal([
      'app',
      'https://calls.example.com',
      'key',
    ]);
    expect(appOf(fromFile(undefined as never))).to.be.a('string');
  });
});
