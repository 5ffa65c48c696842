import { expect } from '@open-wc/testing';
import { CometChatCalls } from '../../../src/facade/comet-chat-calls.js';
import type { CallSettingsChoices } from '../../../src/facade/settings/call-settings.js';
import { elementSettings } from '../../../src/facade/session/start-options.js';
import { backgroundSettings } from '../../../src/facade/settings/background-settings.js';
import {
  VirtualBackground,
  VirtualBackgroundBuilder,
} from '../../../src/facade/settings/virtual-background.js';
import { calls426, foreignMainVideo, foreignVirtualBackground } from '../../fakes/facade/cometchat-shapes.js';
import {
  CallSettingsBuilder,
  CallSettings,
  MainVideoContainerSetting,
  token,
  container,
} from './calls-setup.js';

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
      new MainVideoContainerSetting(),
    ],
    ['setVirtualBackground', foreignVirtualBackground({}), 'getVirtualBackground', new VirtualBackground()],
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

  it('tells how the main video looks, and which backgrounds there are, before anything is set', () => {
    const settings = new CallSettingsBuilder().build();
    const bottomRight = { position: 'bottom-right', visible: true };
    expect({ ...settings.getMainVideoContainerSetting() }).to.deep.equal({
      ...{ videoFit: 'contain', zoomButton: bottomRight, network: bottomRight },
      nameLabel: { position: 'bottom-left', visible: true, color: 'rgba(27, 27, 27, 0.4)' },
    });
    const background = settings.getVirtualBackground() as InstanceType<typeof VirtualBackground>;
    expect([
      ...[background.shouldAllowBackgroundBlur(), background.shouldAllowUserImages()],
      ...[background.shouldShowDefaultImages(), background.getImages()],
      ...[background.isBackgroundBlurEnforced(), background.getEnforcedBackgroundImage()],
    ]).to.deep.equal([true, true, true, [], 0, '']);
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
    ['setDefaultAudioMode', null, {}],
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
