import type { CallEventListener } from '../domain/call-events.js';
import {
  defaultSettings,
  settingRows,
  type CallSettings as ElementSettings,
} from '../settings/setting-rows.js';
import { ASPECT_RATIO, POSITION } from './constants.js';
import { mainVideoSettings, type MainVideoContainerSetting } from './main-video-container-setting.js';

/** What a builder was told. The words of the element's settings table, and what only CometChat's API has. */
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

/** The settings of one call, as `CallSettingsBuilder.build()` makes them. */
export class CallSettings {
  static readonly POSITION = POSITION;
  static readonly POSITION_TOP_LEFT = POSITION.TOP_LEFT;
  static readonly POSITION_TOP_RIGHT = POSITION.TOP_RIGHT;
  static readonly POSITION_BOTTOM_LEFT = POSITION.BOTTOM_LEFT;
  static readonly POSITION_BOTTOM_RIGHT = POSITION.BOTTOM_RIGHT;
  static readonly ASPECT_RATIO = ASPECT_RATIO;
  static readonly ASPECT_RATIO_DEFAULT = ASPECT_RATIO.DEFAULT;
  static readonly ASPECT_RATIO_CONTAIN = ASPECT_RATIO.CONTAIN;
  static readonly ASPECT_RATIO_COVER = ASPECT_RATIO.COVER;

  readonly #choices: CallSettingsChoices;

  constructor(choices: CallSettingsChoices = initialChoices) {
    this.#choices = Object.freeze({ ...choices });
  }

  getCallListener(): CallEventListener | undefined {
    return this.#choices.callListener;
  }
  isRecordingButtonEnabled(): boolean {
    return this.#choices.showRecordingButton;
  }
  /** Seconds. */
  getIdleTimeoutPeriod(): number {
    return this.#choices.idleTimeoutPeriod;
  }
  shouldStartRecordingOnCallStart(): boolean {
    return this.#choices.startRecordingOnCallStart;
  }
  getCustomCSS(): string | undefined {
    return this.#choices.customCSS;
  }
  isAudioOnlyCall(): boolean {
    return this.#choices.audioOnly;
  }
  isDefaultLayoutEnabled(): boolean {
    return this.#choices.enableDefaultLayout;
  }
  getMode(): string {
    return this.#choices.mode;
  }
  getStartWithAudioMuted(): boolean {
    return this.#choices.startWithAudioMuted;
  }
  getStartWithVideoMuted(): boolean {
    return this.#choices.startWithVideoMuted;
  }
  isEndCallButtonEnabled(): boolean {
    return this.#choices.showEndCallButton;
  }
  isMuteAudioButtonEnabled(): boolean {
    return this.#choices.showMuteAudioButton;
  }
  isPauseVideoButtonEnabled(): boolean {
    return this.#choices.showPauseVideoButton;
  }
  isScreenShareButtonEnabled(): boolean {
    return this.#choices.showScreenShareButton;
  }
  isModeButtonEnabled(): boolean {
    return this.#choices.showModeButton;
  }
  getLocalizedStringObject(): object {
    return this.#choices.localizedStringObject;
  }
  getAnalyticsSettings(): object {
    return this.#choices.analyticsSettings;
  }
  isAudioToVideoButtonEnabled(): boolean {
    return this.#choices.showSwitchToVideoCallButton;
  }
  getVirtualBackground(): object | undefined {
    return this.#choices.virtualBackground;
  }
  isVirtualBackgroundSettingEnabled(): boolean {
    return this.#choices.showVirtualBackgroundSetting;
  }
  getMainVideoContainerSetting(): Partial<MainVideoContainerSetting> | undefined {
    return this.#choices.mainVideoContainerSetting;
  }
  /** Everything that was chosen, also by the iOS names, which have no getters in CometChat's API. */
  getChoices(): CallSettingsChoices {
    return this.#choices;
  }
}

/** The getters that tell the settings, whoever's class they are on: the Chat SDK has a `CallSettings` of its own. */
type SettingsLike = Partial<Record<keyof CallSettings, () => unknown>>;

/** Which getter tells which setting. */
const getterRows = {
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
} as const satisfies Partial<Record<keyof ElementSettings, keyof CallSettings>>;

/** The settings of any object that has the getters; `null` for everything else. */
export function choicesOf(value: unknown): Partial<CallSettingsChoices> | null {
  if (value instanceof CallSettings) return value.getChoices();
  const settings = value as SettingsLike | null | undefined;
  if (typeof settings?.isDefaultLayoutEnabled !== 'function') return null;
  const told = Object.entries({
    ...getterRows,
    callListener: 'getCallListener',
    mainVideoContainerSetting: 'getMainVideoContainerSetting',
    virtualBackground: 'getVirtualBackground',
    localizedStringObject: 'getLocalizedStringObject',
  } as const).map(([name, getter]) => [name, settings[getter]?.call(settings)] as const);
  return Object.fromEntries(told.filter(([, setting]) => setting !== undefined && setting !== null));
}

/** What is wrong with the settings, or `null`. */
export function choicesFault(choices: Partial<CallSettingsChoices>): string | null {
  for (const name of Object.keys(getterRows) as (keyof typeof getterRows)[]) {
    const given: unknown = choices[name];
    if (given !== undefined && typeof given !== typeof defaultSettings[name])
      return `The setting ${name} must be a ${typeof defaultSettings[name]}, not ${typeof given}.`;
  }
  const { idleTimeoutPeriod = defaultSettings.idleTimeoutPeriod } = choices;
  return idleTimeoutPeriod >= 120 ? null : 'Minimum value for idleTimeoutPeriod is 120 seconds.';
}

/** The element's settings that were chosen, under the element's names. */
export function elementSettings(choices: Partial<CallSettingsChoices>): Partial<ElementSettings> {
  const own = Object.keys(defaultSettings) as (keyof ElementSettings)[];
  return {
    ...(Object.fromEntries(
      own.map((name) => [name, choices[name] ?? defaultSettings[name]]),
    ) as Partial<ElementSettings>),
    mode: layoutMode(choices.mode) ?? 'DEFAULT',
    avatarMode: settingRows.avatarMode.parse(choices.avatarMode ?? null),
    defaultAudioMode: settingRows.defaultAudioMode.parse(choices.defaultAudioMode ?? null),
    ...mainVideoSettings(choices.mainVideoContainerSetting ?? {}),
  };
}

/** Whether an object like the Chat SDK's VirtualBackground leaves the user no choice. */
export function enforcesBackground(virtualBackground: object | undefined): boolean {
  const { isBackgroundBlurEnforced, getEnforcedBackgroundImage } = (virtualBackground ?? {}) as Partial<
    Record<'isBackgroundBlurEnforced' | 'getEnforcedBackgroundImage', () => unknown>
  >;
  return Boolean(
    isBackgroundBlurEnforced?.call(virtualBackground) || getEnforcedBackgroundImage?.call(virtualBackground),
  );
}

const modes = {
  DEFAULT: 'DEFAULT',
  SPOTLIGHT: 'SPOTLIGHT',
  TILE: 'TILE',
  GRID: 'TILE',
  SINGLE: 'SINGLE',
  SIDEBAR: 'SIDEBAR',
} as const;

/** CometChat's name of a layout, of any of its SDKs and in any case; `undefined` for what is none. */
export function layoutMode(mode: unknown): ElementSettings['mode'] | undefined {
  const name = typeof mode === 'string' ? mode.toUpperCase() : '';
  return Object.hasOwn(modes, name) ? modes[name as keyof typeof modes] : undefined;
}
