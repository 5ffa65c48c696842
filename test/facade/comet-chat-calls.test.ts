import { expect } from '@open-wc/testing';
import type { CallEventListener } from '../../src/domain/call/call-events.js';
import { CometChatCalls } from '../../src/facade/comet-chat-calls.js';
import type { CallSettingsChoices } from '../../src/facade/settings/call-settings.js';
import { elementSettings } from '../../src/facade/session/start-options.js';
import { backgroundSettings } from '../../src/facade/settings/background-settings.js';
import { CallListeners } from '../../src/facade/session/call-listeners.js';
import { VirtualBackground, VirtualBackgroundBuilder } from '../../src/facade/settings/virtual-background.js';
import { callEvent } from '../../src/domain/call/call-events.js';
import {
  calls426,
  foreignCallSettings,
  foreignMainVideo,
  foreignVirtualBackground,
} from '../fakes/facade/cometchat-shapes.js';
import { unreachableCallToken } from '../fakes/facade/unreachable-call-token.js';

if (!customElements.get('cometchat-call')) {
  const { CometChatCall } = await import('../../src/element/cometchat-call.js');
  customElements.define('cometchat-call', CometChatCall);
}

const { CallSettingsBuilder, CallAppSettingsBuilder, CallSettings, MainVideoContainerSetting } =
  CometChatCalls;

const token = unreachableCallToken();

const container = (): HTMLElement => {
  const element = document.createElement('div');
  document.body.append(element);
  return element;
};

async function rejection(promise: Promise<unknown>): Promise<{ code: string; message: string }> {
  try {
    await promise;
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error('It did not reject.');
}

afterEach(() => {
  CometChatCalls.endSession();
  for (const element of document.body.querySelectorAll('div')) element.remove();
});

describe('CometChatCalls', () => {
  it('has every static of the real SDK 4.2.6, and of the same kind', () => {
    const own = CometChatCalls as unknown as Record<string, unknown>;
    for (const name of calls426.methods) expect(own[name], name).to.be.a('function');
    for (const name of calls426.classes) {
      expect(own[name], name).to.be.a('function');
      expect((own[name] as { prototype?: object }).prototype, name).to.be.an('object');
    }
    for (const name of calls426.constants) expect(own[name], name).to.deep.equal(calls426.mode);
  });

  it('is found in all the ways that bundlers and script tags look for it', () => {
    expect(CometChatCalls.CometChatCalls).to.equal(CometChatCalls);
  });

  it('does nothing, silently, outside a session', () => {
    const own = CometChatCalls as unknown as Record<string, (...args: unknown[]) => unknown>;
    const heard: unknown[] = [];
    CometChatCalls.addCallEventListener('silence', { onError: (error) => void heard.push(error) });
    for (const name of calls426.controls) expect(own[name]?.('x'), name).to.equal(undefined);
    for (const name of calls426.deviceGetters) expect(own[name]?.(), name).to.deep.equal([]);
    CometChatCalls.removeCallEventListener('silence');
    expect(heard).to.deep.equal([]);
  });
});

describe('CometChatCalls.init', () => {
  const good = () =>
    new CallAppSettingsBuilder().setAppId('app').setRegion('us').setHost('https://calls.example');

  it('resolves with nothing', async () => {
    expect(await CometChatCalls.init(good().build())).to.equal(undefined);
    for (const region of ['us', 'EU', 'in']) await CometChatCalls.init(good().setRegion(region).build());
  });

  for (const [title, settings] of [
    ['no CallAppSettings', 'app'],
    ['no settings at all', undefined],
    ['no app id', new CallAppSettingsBuilder().setRegion('us').build()],
    ['no region', new CallAppSettingsBuilder().setAppId('app').build()],
    ['a region that there is not', good().setRegion('mars').build()],
    ['a host that is no address', good().setHost('http://').build()],
  ] as const)
    it(`rejects ${title}`, async () => {
      const { code, message } = await rejection(CometChatCalls.init(settings as never));
      expect(code).to.equal('INVALID_CALL_APP_SETTINGS');
      expect(message).not.to.equal('');
    });

  it('reads settings of another copy of the class', async () => {
    const foreign = { getAppId: () => 'app', getRegion: () => 'us', getHost: () => '' };
    expect(await CometChatCalls.init(foreign)).to.equal(undefined);
  });
});

describe('CometChatCalls.generateToken', () => {
  it('refuses what is no text, before it asks anybody', async () => {
    await CometChatCalls.init(new CallAppSettingsBuilder().setAppId('app').setRegion('us').build());
    for (const [sessionId, authToken] of [
      [7, 'auth'],
      ['', 'auth'],
      ['session', null],
      ['session', ''],
    ]) {
      const { code } = await rejection(
        CometChatCalls.generateToken(sessionId as string, authToken as string),
      );
      expect(code).to.equal('INVALID_ARGUMENT_EXCEPTION');
    }
  });

  it('says so when the server cannot be reached', async () => {
    const host = 'http://127.0.0.1:9';
    await CometChatCalls.init(
      new CallAppSettingsBuilder().setAppId('app').setRegion('us').setHost(host).build(),
    );
    expect((await rejection(CometChatCalls.generateToken('s', 'a'))).code).to.equal('UNKNOWN_API_ERROR');
  });
});

type SetterName = keyof InstanceType<typeof CallSettingsBuilder>;
type GetterName = keyof InstanceType<typeof CallSettings>;
type Setter = (value: unknown) => unknown;

describe('CallSettingsBuilder', () => {
  /** Setter, another value than the default, getter, default: as measured of the real SDK. */
  const rows: readonly (readonly [SetterName, unknown, GetterName, unknown])[] = [
    ['enableDefaultLayout', false, 'isDefaultLayoutEnabled', true],
    ['setIsAudioOnlyCall', true, 'isAudioOnlyCall', false],
    ['setMode', 'SPOTLIGHT', 'getMode', 'DEFAULT'],
    ['showEndCallButton', false, 'isEndCallButtonEnabled', true],
    ['showMuteAudioButton', false, 'isMuteAudioButtonEnabled', true],
    ['showPauseVideoButton', false, 'isPauseVideoButtonEnabled', true],
    ['showScreenShareButton', false, 'isScreenShareButtonEnabled', true],
    ['showModeButton', false, 'isModeButtonEnabled', true],
    ['startWithAudioMuted', true, 'getStartWithAudioMuted', false],
    ['startWithVideoMuted', true, 'getStartWithVideoMuted', false],
    ['setIdleTimeoutPeriod', 240, 'getIdleTimeoutPeriod', 180],
    ['showSwitchToVideoCallButton', false, 'isAudioToVideoButtonEnabled', true],
    ['showRecordingButton', true, 'isRecordingButtonEnabled', false],
    ['startRecordingOnCallStart', true, 'shouldStartRecordingOnCallStart', false],
    ['showVirtualBackgroundSetting', false, 'isVirtualBackgroundSettingEnabled', true],
    ['setLocalizedStringObject', { JOINING_TEXT: 'x' }, 'getLocalizedStringObject', {}],
    ['setAnalyticsSettings', { a: 1 }, 'getAnalyticsSettings', {}],
    [
      'setMainVideoContainerSetting',
      new MainVideoContainerSetting(),
      'getMainVideoContainerSetting',
      undefined,
    ],
    ['setVirtualBackground', foreignVirtualBackground({}), 'getVirtualBackground', undefined],
    ['setCallListener', {}, 'getCallListener', undefined],
  ];

  for (const [setter, value, getter, initially] of rows)
    it(`${setter}: ${getter} tells it; its default is ${JSON.stringify(initially)}`, () => {
      const one = new CallSettingsBuilder();
      expect((one.build()[getter] as () => unknown)()).to.deep.equal(initially);
      expect((one[setter] as Setter)(value), 'fluent').to.equal(one);
      const settings = one.build();
      expect((settings[getter] as () => unknown).call(settings)).to.equal(value);
    });

  it('can be used again after build(), which does not change what was built', () => {
    const one = new CallSettingsBuilder();
    const first = one.build();
    const second = one.setIsAudioOnlyCall(true).build();
    expect([first.isAudioOnlyCall(), second.isAudioOnlyCall()]).to.deep.equal([false, true]);
  });

  /** The iOS SDK's setters, and the setting of the element that each changes. */
  const iosRows: readonly (readonly [SetterName, unknown, Partial<CallSettingsChoices>])[] = [
    ['setDefaultLayout', false, { enableDefaultLayout: false }],
    ['setIsAudioOnly', true, { audioOnly: true }],
    ['setIsSingleMode', true, { singleMode: true }],
    ['setShowSwitchToVideoCall', false, { showSwitchToVideoCallButton: false }],
    ['setEnableVideoTileClick', false, { enableVideoTileClick: false }],
    ['setEnableDraggableVideoTile', false, { enableDraggableVideoTile: false }],
    ['setEndCallButtonDisable', true, { showEndCallButton: false }],
    ['setShowRecordingButton', true, { showRecordingButton: true }],
    ['setSwitchCameraButtonDisable', true, { showSwitchCameraButton: false }],
    ['setMuteAudioButtonDisable', true, { showMuteAudioButton: false }],
    ['setPauseVideoButtonDisable', true, { showPauseVideoButton: false }],
    ['setAudioModeButtonDisable', true, { showAudioModeButton: false }],
    ['setStartAudioMuted', true, { startWithAudioMuted: true }],
    ['setStartVideoMuted', true, { startWithVideoMuted: true }],
    ['setMode', 'single', { mode: 'SINGLE' }],
    ['setMode', 'spotlight', { mode: 'SPOTLIGHT' }],
    ['setMode', 'GRID', { mode: 'TILE' }],
    ['setAvatarMode', 'square', { avatarMode: 'square' }],
    ['setAvatarMode', 'FULLSCREEN', { avatarMode: 'fullscreen' }],
    ['setDefaultAudioMode', 'SPEAKER', { defaultAudioMode: 'SPEAKER' }],
    ['setDefaultAudioMode', { mode: 'BLUETOOTH' }, { defaultAudioMode: 'BLUETOOTH' }],
    ['setIdleTimeoutPeriod', 200, { idleTimeoutPeriod: 200 }],
  ];
  for (const [setter, value, expected] of iosRows)
    it(`iOS: ${setter}(${JSON.stringify(value)}) is ${JSON.stringify(expected)}`, () => {
      const one = new CallSettingsBuilder();
      (one[setter] as Setter).call(one, value);
      const changed = elementSettings(one.build().getChoices());
      expect(changed).to.include(expected);
      const usual = elementSettings(new CallSettingsBuilder().build().getChoices());
      const differing = Object.entries(changed).filter(
        ([name, now]) => usual[name as keyof typeof usual] !== now,
      );
      expect(Object.fromEntries(differing)).to.deep.equal(expected);
    });

  it('has the constants of the real classes', () => {
    expect(CallSettings.POSITION).to.deep.equal(calls426.position);
    expect(CallSettings.POSITION_BOTTOM_RIGHT).to.equal('bottom-right');
    expect(CallSettings.ASPECT_RATIO).to.deep.equal(calls426.aspectRatio);
    expect(CallSettings.ASPECT_RATIO_COVER).to.equal('cover');
    expect(calls426.callSettingsGetters.filter((name) => !(name in CallSettings.prototype))).to.deep.equal(
      [],
    );
  });
});

describe('MainVideoContainerSetting', () => {
  const chosen = { callListener: {}, mainVideoContainerSetting: new MainVideoContainerSetting() };

  it('without a word says what the real one says', () => {
    expect(elementSettings(chosen)).to.include({
      mainVideoAspectRatio: 'contain',
      showFullScreenButton: true,
      fullScreenButtonPosition: 'bottom-right',
      showNameLabel: true,
      nameLabelPosition: 'bottom-left',
      nameLabelColor: 'rgba(27, 27, 27, 0.4)',
      showNetworkLabel: true,
      networkLabelPosition: 'bottom-right',
    });
  });

  const all = {
    mainVideoAspectRatio: 'cover',
    showFullScreenButton: false,
    fullScreenButtonPosition: 'top-right',
    showNameLabel: false,
    nameLabelPosition: 'top-left',
    nameLabelColor: '#333',
    showNetworkLabel: true,
    networkLabelPosition: 'bottom-left',
  };

  it('sets what each setter names', () => {
    const setting = new MainVideoContainerSetting();
    setting.setMainVideoAspectRatio(CallSettings.ASPECT_RATIO.COVER);
    setting.setFullScreenButtonParams(CallSettings.POSITION.TOP_RIGHT, false);
    setting.setNameLabelParams(CallSettings.POSITION.TOP_LEFT, false, '#333');
    setting.setNetworkLabelParams(CallSettings.POSITION.BOTTOM_LEFT, true);
    expect(elementSettings({ mainVideoContainerSetting: setting })).to.include(all);
  });

  it('of the Chat SDK is understood', () => {
    expect(elementSettings({ mainVideoContainerSetting: foreignMainVideo })).to.include(all);
  });
});

describe('CometChatCalls.startSession', () => {
  const settings = (listener?: CallEventListener) => {
    const builder = new CallSettingsBuilder();
    return listener ? builder.setCallListener(listener).build() : builder.build();
  };

  for (const [title, wrong] of [
    ['what is no CallSettings', {}],
    ['nothing', undefined],
    ['a builder that was not built', new CallSettingsBuilder()],
    ['a switch that is no boolean', new CallSettingsBuilder().enableDefaultLayout('yes' as never).build()],
    ['an idle period below 120 seconds', new CallSettingsBuilder().setIdleTimeoutPeriod(119).build()],
    [
      'an idle period that is no number',
      new CallSettingsBuilder().setIdleTimeoutPeriod('180' as never).build(),
    ],
  ] as const)
    it(`rejects ${title}`, async () => {
      const { code } = await rejection(CometChatCalls.startSession(token, wrong as never, container()));
      expect(code).to.equal('INVALID_CALL_SETTINGS');
    });

  for (const [title, wrong] of [
    ['no token', undefined],
    ['a token that cannot be read', 'nonsense'],
    ['a token without a session', `x.${btoa('{}')}.x`],
    ['an object without a token', {}],
  ] as const)
    it(`tells onError of ${title}, and resolves`, async () => {
      const heard: string[] = [];
      const listener = { onError: ({ code }: { code: string }) => void heard.push(code) };
      await CometChatCalls.startSession(wrong as never, settings(listener), container());
      expect(heard).to.deep.equal(['INVALID_ARGUMENT_EXCEPTION']);
      const { code } = await rejection(CometChatCalls.startSession(wrong as never, settings(), container()));
      expect(code, 'where nobody listens').to.equal('INVALID_ARGUMENT_EXCEPTION');
    });

  it('needs an element to show the call in', async () => {
    const { code } = await rejection(CometChatCalls.startSession(token, settings(), null as never));
    expect(code).to.equal('INVALID_ARGUMENT_EXCEPTION');
  });

  it('takes the token as the documents have it, and as the real SDK wants it', async () => {
    for (const given of [token, { token }]) {
      const place = container();
      expect(await CometChatCalls.startSession(given, settings(), place)).to.equal(undefined);
      expect(place.querySelector('cometchat-call')?.token).to.equal(token);
      CometChatCalls.endSession();
      expect(place.childNodes).to.have.lengthOf(0);
    }
  });

  it('shows one session at a time, in place of what was in the element', async () => {
    const [first, second] = [container(), container()];
    first.textContent = 'Loading';
    await CometChatCalls.startSession(token, settings(), first);
    expect(first.textContent).to.equal('');
    await CometChatCalls.startSession(token, settings(), second);
    expect(first.childNodes).to.have.lengthOf(0);
    expect(document.querySelectorAll('cometchat-call')).to.have.lengthOf(1);
    CometChatCalls.endSession();
    CometChatCalls.endSession();
    expect(document.querySelectorAll('cometchat-call')).to.have.lengthOf(0);
  });

  it('takes the settings of the Chat SDK', async () => {
    const place = container();
    await CometChatCalls.startSession(token, foreignCallSettings as never, place);
    expect(place.querySelector('cometchat-call')).to.include({
      enableDefaultLayout: false,
      audioOnly: true,
      mode: 'TILE',
      showEndCallButton: false,
      idleTimeoutPeriod: 180,
      mainVideoAspectRatio: 'cover',
    });
  });

  it('hands the words of setLocalizedStringObject to the interface', async () => {
    const place = container();
    const words = { JOINING_TEXT: 'Gleich' };
    await CometChatCalls.startSession(
      token,
      new CallSettingsBuilder().setLocalizedStringObject(words).build(),
      place,
    );
    expect(place.querySelector('cometchat-call')?.localizedStrings).to.equal(words);
  });
});

describe('virtual backgrounds', () => {
  const settingsOf = (virtualBackground: object): unknown[] => {
    const { backgroundBlur, backgroundImage, backgroundChoices } = backgroundSettings(virtualBackground);
    return [backgroundBlur, backgroundImage, backgroundChoices];
  };

  it('are settings of the element, and their dialog is the call’s', async () => {
    const place = container();
    await CometChatCalls.startSession(token, new CallSettingsBuilder().build(), place);
    const call = place.querySelector('cometchat-call')!;
    CometChatCalls.setBackgroundBlur(20);
    expect([call.backgroundBlur, call.backgroundImage]).to.eql([20, '']);
    CometChatCalls.setBackgroundImage('https://example.com/beach.jpg');
    expect([call.backgroundBlur, call.backgroundImage]).to.eql([0, 'https://example.com/beach.jpg']);
    CometChatCalls.openVirtualBackground();
    CometChatCalls.closeVirtualBackground();
  });

  it('that the settings enforce leave the user no choice; that they only offer, are offered', () => {
    expect(settingsOf(foreignVirtualBackground({ blur: 2 }))).to.eql([2, undefined, 'none']);
    const image = 'https://example.com/beach.jpg';
    expect(settingsOf(foreignVirtualBackground({ image }))).to.eql([undefined, image, 'none']);
    expect(settingsOf(foreignVirtualBackground({}))).to.eql([undefined, undefined, 'blur builtin upload']);
    const own = {
      shouldAllowUserImages: () => false,
      shouldShowDefaultImages: () => false,
      getImages: () => ['a b.png'],
    };
    expect(settingsOf(own)).to.eql([undefined, undefined, 'blur a%20b.png']);
  });
});

describe('the VirtualBackground of CometChat', () => {
  const setters = [
    ['allowBackgroundBlur', false, 'shouldAllowBackgroundBlur', true],
    ['allowUserImages', false, 'shouldAllowUserImages', true],
    ['showDefaultImages', false, 'shouldShowDefaultImages', true],
    ['setImages', ['/beach.jpg'], 'getImages', []],
    ['enforceBackgroundBlur', 30, 'isBackgroundBlurEnforced', 0],
    ['enforceBackgroundImage', '/beach.jpg', 'getEnforcedBackgroundImage', ''],
  ] as const;

  for (const [setter, value, getter, initially] of setters)
    it(`${setter}: ${getter} tells it, of the built one and, as in the documents, of itself`, () => {
      const builder = new VirtualBackgroundBuilder();
      const before = builder.build();
      const itself = new VirtualBackground();
      for (const each of [builder, itself])
        expect((each[setter] as (given: unknown) => unknown)(value), 'fluent').to.equal(each);
      expect(before[getter]()).to.eql(initially);
      expect(builder.build()[getter]()).to.eql(value);
      expect(itself[getter]()).to.eql(value);
    });

  it('is taken by setVirtualBackground, and is what the user may choose in the call', async () => {
    const place = container();
    const background = new VirtualBackgroundBuilder()
      .showDefaultImages(false)
      .allowUserImages(false)
      .setImages(['https://example.com/beach.jpg'])
      .build();
    const settings = new CallSettingsBuilder().setVirtualBackground(background).build();
    expect(settings.getVirtualBackground()).to.equal(background);
    await CometChatCalls.startSession(token, settings, place);
    const choices = (): string | undefined => place.querySelector('cometchat-call')?.backgroundChoices;
    expect(choices()).to.equal('blur https://example.com/beach.jpg');
    const enforced = new VirtualBackground().enforceBackgroundBlur(40);
    await CometChatCalls.startSession(
      token,
      new CallSettingsBuilder().setVirtualBackground(enforced).build(),
      place,
    );
    expect(choices()).to.equal('none');
    expect(place.querySelector('cometchat-call')?.backgroundBlur).to.equal(40);
  });
});

describe('listeners', () => {
  const joined = callEvent('onSessionJoined', { sessionId: 's' });

  it('the same id replaces; added ones hear first, the one of the settings last', () => {
    const listeners = new CallListeners();
    const heard: string[] = [];
    const hears = (name: string): CallEventListener => ({ onSessionJoined: () => void heard.push(name) });
    listeners.add('a', hears('old a'));
    listeners.add('b', hears('b'));
    listeners.add('a', hears('a'));
    listeners.notify(joined, hears('settings'));
    expect(heard).to.deep.equal(['a', 'b', 'settings']);
    listeners.remove('b');
    listeners.remove('never added');
    listeners.notify(joined, undefined);
    expect(heard.slice(3)).to.deep.equal(['a']);
  });

  it('that are no objects are ignored; `this` is the listener', () => {
    const listeners = new CallListeners();
    listeners.add('none', null as never);
    listeners.add('text', 'listener' as never);
    const listener = {
      self: null as unknown,
      onSessionJoined(this: { self: unknown }) {
        this.self = this;
      },
    };
    listeners.add('mine', listener);
    listeners.notify(joined, undefined);
    expect(listener.self).to.equal(listener);
  });

  it('built from a class keep their methods', () => {
    const heard: string[] = [];
    const listener = new CometChatCalls.OngoingCallListener({ onCallEnded: () => void heard.push('ended') });
    new CallListeners().notify(callEvent('onCallEnded'), listener);
    expect(heard).to.deep.equal(['ended']);
  });

  it('of the iOS SDK hear under its names', () => {
    const heard: unknown[] = [];
    const user = {
      id: 'p',
      uid: 'a',
      name: 'A',
      avatar: '',
      joinedAt: '',
      isAudioMuted: false,
      isVideoMuted: false,
    };
    const settings = new CallSettingsBuilder()
      .setDelegate({
        onUserListChanged: (users) => void heard.push(users),
        onRecordingToggled: ({ recordingStarted, user: by }) => void heard.push([recordingStarted, by.uid]),
      })
      .build();
    const listeners = new CallListeners();
    listeners.notify(callEvent('onUserListUpdated', [user]), settings.getCallListener());
    listeners.notify(callEvent('onRecordingStarted', { user }), settings.getCallListener());
    listeners.notify(callEvent('onRecordingStopped', { user }), settings.getCallListener());
    expect(heard).to.deep.equal([[user], [true, 'a'], [false, 'a']]);
  });
});
