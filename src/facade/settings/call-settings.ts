import type { CallEventListener } from '../../domain/call/call-events.js';
import { defaultSettings, type CallSettings as ElementSettings } from '../../settings/setting-rows.js';
import { ASPECT_RATIO, POSITION } from '../constants.js';
import { MainVideoContainerSetting } from './main-video-container-setting.js';
import { VirtualBackground } from './virtual-background.js';

/** The values given to a builder: the settings of the element's table, and those that only CometChat's API has. */
export type CallSettingsChoices = Omit<ElementSettings, 'mode' | 'avatarMode' | 'defaultAudioMode'> & {
  readonly mode: string;
  readonly avatarMode: string;
  readonly defaultAudioMode: string;
  readonly callListener?: CallEventListener;
  readonly mainVideoContainerSetting?: Partial<MainVideoContainerSetting>;
  readonly virtualBackground?: object;
  readonly localizedStringObject: object;
  readonly analyticsSettings: object;
  readonly customCSS?: string;
};

export const initialChoices: CallSettingsChoices = {
  ...defaultSettings,
  localizedStringObject: {},
  analyticsSettings: {},
};

/** The getter of each setting of the element. */
export const getterRows = {
  enableDefaultLayout: 'isDefaultLayoutEnabled',
  audioOnly: 'isAudioOnlyCall',
  mode: 'getMode',
  startWithAudioMuted: 'getStartWithAudioMuted',
  startWithVideoMuted: 'getStartWithVideoMuted',
  showEndCallButton: 'isEndCallButtonEnabled',
  showMuteAudioButton: 'isMuteAudioButtonEnabled',
  showPauseVideoButton: 'isPauseVideoButtonEnabled',
  showScreenShareButton: 'isScreenShareButtonEnabled',
  showModeButton: 'isModeButtonEnabled',
  showSwitchToVideoCallButton: 'isAudioToVideoButtonEnabled',
  showRecordingButton: 'isRecordingButtonEnabled',
  startRecordingOnCallStart: 'shouldStartRecordingOnCallStart',
  showVirtualBackgroundSetting: 'isVirtualBackgroundSettingEnabled',
  idleTimeoutPeriod: 'getIdleTimeoutPeriod',
} as const satisfies Partial<Record<keyof ElementSettings, string>>;

/** The getters of settings that only CometChat's API has. */
export const getters = {
  ...getterRows,
  callListener: 'getCallListener',
  mainVideoContainerSetting: 'getMainVideoContainerSetting',
  virtualBackground: 'getVirtualBackground',
  localizedStringObject: 'getLocalizedStringObject',
  analyticsSettings: 'getAnalyticsSettings',
  customCSS: 'getCustomCSS',
} as const satisfies Partial<Record<keyof CallSettingsChoices, string>>;

/** Every getter of CometChat's class, and what it gives. */
type Getters = {
  [Name in keyof typeof getters as (typeof getters)[Name]]: () => CallSettingsChoices[Name];
};

/** The settings of one call, as `CallSettingsBuilder.build()` makes them. */
export class CallSettings {
  /** The corners for the labels and buttons on the main video. */
  static readonly POSITION = POSITION;
  /** `top-left`. */
  static readonly POSITION_TOP_LEFT = POSITION.TOP_LEFT;
  /** `top-right`. */
  static readonly POSITION_TOP_RIGHT = POSITION.TOP_RIGHT;
  /** `bottom-left`. */
  static readonly POSITION_BOTTOM_LEFT = POSITION.BOTTOM_LEFT;
  /** `bottom-right`. */
  static readonly POSITION_BOTTOM_RIGHT = POSITION.BOTTOM_RIGHT;
  /** How the main video fills its place. */
  static readonly ASPECT_RATIO = ASPECT_RATIO;
  /** `default`: as the layout has it. */
  static readonly ASPECT_RATIO_DEFAULT = ASPECT_RATIO.DEFAULT;
  /** `contain`: the whole video, with bars. */
  static readonly ASPECT_RATIO_CONTAIN = ASPECT_RATIO.CONTAIN;
  /** `cover`: without bars, cropped. */
  static readonly ASPECT_RATIO_COVER = ASPECT_RATIO.COVER;

  readonly #choices: CallSettingsChoices;
  /** What the getters give where nothing was chosen: what the call does by default. */
  readonly #defaults: Partial<CallSettingsChoices> = {
    mainVideoContainerSetting: new MainVideoContainerSetting(),
    virtualBackground: new VirtualBackground(),
  };

  constructor(choices: CallSettingsChoices = initialChoices) {
    this.#choices = Object.freeze({ ...choices });
  }

  static {
    for (const [name, getter] of Object.entries(getters) as [keyof CallSettingsChoices, string][])
      Object.assign(this.prototype, {
        [getter](this: CallSettings) {
          return this.#choices[name] ?? this.#defaults[name];
        },
      });
  }

  /** Everything that was chosen, also by the iOS names, which have no getters in CometChat's API. */
  getChoices(): CallSettingsChoices {
    return this.#choices;
  }
}

export interface CallSettings extends Getters {}
