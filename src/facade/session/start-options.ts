import type { CallEventListener } from '../../domain/call/call-events.js';
import { jwtPayload } from '../../protocol/tokens/jwt-payload.js';
import {
  defaultSettings,
  settingRows,
  type CallSettings as ElementSettings,
} from '../../settings/setting-rows.js';
import {
  getterRows,
  getters,
  type CallSettings,
  type CallSettingsChoices,
} from '../settings/call-settings.js';
import { serverBase, type GeneratedToken } from './calls-api.js';
import { callsException } from './calls-exception.js';
import type { CallsApp } from './calls-state.js';
import type { SessionOptions } from './current-session.js';
import { backgroundSettings } from '../settings/background-settings.js';
import { layoutMode } from '../settings/layout-mode.js';
import { definedFields, type MainVideoContainerSetting } from '../settings/main-video-container-setting.js';
import './sdk-info.js';

/** The arguments of `startSession`, and the options of `init`. */
interface StartRequest {
  readonly callToken: string | GeneratedToken;
  readonly callSettings: CallSettings;
  readonly container: HTMLElement;
  readonly app: CallsApp | undefined;
}

/**
 * Reads the arguments of `startSession`. Throws INVALID_CALL_SETTINGS. `null`: they are wrong otherwise, and the listener
 * of the settings was notified, as CometChat's SDK does; without one it throws that, too.
 */
export function startOptions({
  callToken,
  callSettings,
  container,
  app,
}: StartRequest): SessionOptions | null {
  const choices = choicesOf(callSettings);
  if (!choices)
    throw callsException(
      'INVALID_CALL_SETTINGS',
      'The call settings must come from CallSettingsBuilder.build().',
    );
  const fault = choicesFault(choices);
  if (fault) throw callsException('INVALID_CALL_SETTINGS', fault);
  const token = typeof callToken === 'object' ? callToken?.token : callToken;
  const argumentFault = startFault(token, container);
  if (argumentFault) return refuse(argumentFault, choices.callListener);
  if (!container.isConnected)
    console.warn('CometChatCalls: the call begins once its container is in the document.');
  return {
    ...chosenOptions(choices),
    token,
    serverUrl: serverUrlOf(app),
    container,
  };
}

/** What the settings of a builder mean for a session. */
export function chosenOptions(
  choices: Partial<CallSettingsChoices>,
): Pick<SessionOptions, 'settings' | 'localizedStrings' | 'listener'> {
  return {
    settings: elementSettings(choices),
    localizedStrings: (choices.localizedStringObject ?? {}) as Record<string, string>,
    listener: choices.callListener,
  };
}

/** Empty: the token's issuer. */
export function serverUrlOf(app: CallsApp | undefined): string {
  const host = app?.getHost();
  return host ? serverBase(host) : '';
}

/** What is wrong with the arguments of a start, or `null`. */
export function startFault(token: unknown, container: unknown): string | null {
  const payload =
    typeof token === 'string'
      ? (jwtPayload(token) as { data?: { sessionId?: unknown } } | undefined)
      : undefined;
  if (!['string', 'number'].includes(typeof payload?.data?.sessionId))
    return 'The call token must be what generateToken() resolved with: a JSON Web Token with data.sessionId.';
  // An element of a frame's document is none of this page's HTMLElement.
  return (container as Partial<HTMLElement> | null)?.nodeType === 1
    ? null
    : 'The third argument must be the element that will hold the call.';
}

function refuse(message: string, listener: CallEventListener | undefined): null {
  const error = callsException('INVALID_ARGUMENT_EXCEPTION', message);
  if (!listener?.onError) throw error;
  listener.onError(error);
  return null;
}

/** The getters that are read from a settings object of any class: the Chat SDK has its own `CallSettings`. */
type SettingsLike = Partial<Record<keyof CallSettings, () => unknown>>;

/** The settings of any object that has the getters; `null` for everything else. */
export function choicesOf(value: unknown): Partial<CallSettingsChoices> | null {
  // Not `instanceof`: in the UMD build the class of the settings is not the one that this module knows.
  if (typeof (value as Partial<CallSettings> | null)?.getChoices === 'function')
    return (value as CallSettings).getChoices();
  const settings = value as SettingsLike | null | undefined;
  if (typeof settings?.isDefaultLayoutEnabled !== 'function') return null;
  const entries = Object.entries(getters).map(
    ([name, getter]) => [name, settings[getter]?.call(settings)] as const,
  );
  return Object.fromEntries(entries.filter(([, setting]) => setting !== undefined && setting !== null));
}

/** What is wrong with the settings, or `null`. */
export function choicesFault(choices: Partial<CallSettingsChoices>): string | null {
  for (const name of Object.keys(getterRows) as (keyof typeof getterRows)[]) {
    const value: unknown = choices[name];
    if (value !== undefined && typeof value !== typeof defaultSettings[name])
      return `The setting ${name} must be a ${typeof defaultSettings[name]}, not ${typeof value}.`;
  }
  const { idleTimeoutPeriod = defaultSettings.idleTimeoutPeriod } = choices;
  return idleTimeoutPeriod >= 120 ? null : 'Minimum value for idleTimeoutPeriod is 120 seconds.';
}

/** The element's settings that were chosen, under the element's names. */
export function elementSettings(choices: Partial<CallSettingsChoices>): Partial<ElementSettings> {
  const names = Object.keys(defaultSettings) as (keyof ElementSettings)[];
  return {
    ...(Object.fromEntries(
      names.map((name) => [name, choices[name] ?? defaultSettings[name]]),
    ) as Partial<ElementSettings>),
    mode: layoutMode(choices.mode) ?? 'DEFAULT',
    avatarMode: settingRows.avatarMode.parse(choices.avatarMode ?? null),
    defaultAudioMode: settingRows.defaultAudioMode.parse(choices.defaultAudioMode ?? null),
    ...mainVideoSettings(choices.mainVideoContainerSetting ?? {}),
    ...backgroundSettings(choices.virtualBackground),
  };
}

/** The element's settings that say the same. Takes the Chat SDK's objects, whose labels may lack a field. */
export function mainVideoSettings(setting: Partial<MainVideoContainerSetting>): Partial<ElementSettings> {
  const { videoFit, zoomButton, nameLabel, network } = setting;
  return definedFields({
    mainVideoAspectRatio: videoFit,
    showFullScreenButton: zoomButton?.visible,
    fullScreenButtonPosition: zoomButton?.position,
    showNameLabel: nameLabel?.visible,
    nameLabelPosition: nameLabel?.position,
    nameLabelColor: nameLabel?.color,
    showNetworkLabel: network?.visible,
    networkLabelPosition: network?.position,
  });
}
