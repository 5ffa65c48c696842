import type { CallSettings as ElementSettings } from '../../settings/setting-rows.js';
import type { Layout, SessionType } from './call-constants.js';

/** Settings of v5 that hide something, and what of the element they hide. */
const hiding = {
  hideControlPanel: 'showControlPanel',
  hideLeaveSessionButton: 'showEndCallButton',
  hideToggleAudioButton: 'showMuteAudioButton',
  hideToggleVideoButton: 'showPauseVideoButton',
  hideScreenSharingButton: 'showScreenShareButton',
  hideRecordingButton: 'showRecordingButton',
  hideChangeLayoutButton: 'showModeButton',
  hideRaiseHandButton: 'showRaiseHandButton',
  hideParticipantListButton: 'showParticipantListButton',
  hideSwitchCameraButton: 'showSwitchCameraButton',
  hideVirtualBackgroundButton: 'showVirtualBackgroundSetting',
  hideSessionTimer: 'showSessionTimer',
  hideNetworkIndicator: 'showNetworkLabel',
} as const satisfies Readonly<Record<string, keyof ElementSettings>>;

/** Settings that mean the same under another name. */
const switches = {
  startAudioMuted: 'startWithAudioMuted',
  startVideoPaused: 'startWithVideoMuted',
  autoStartRecording: 'startRecordingOnCallStart',
  enableSpotlightDrag: 'enableDraggableVideoTile',
  enableNoiseReduction: 'noiseSuppression',
} as const satisfies Readonly<Record<string, keyof ElementSettings>>;

const texts = {
  title: 'callTitle',
  audioInputDeviceId: 'audioInputDeviceId',
  audioOutputDeviceId: 'audioOutputDeviceId',
  videoInputDeviceId: 'videoInputDeviceId',
} as const satisfies Readonly<Record<string, keyof ElementSettings>>;

/** ms. */
const least = { idleTimeoutPeriodBeforePrompt: 0, idleTimeoutPeriodAfterPrompt: 60_000 };
const usual = { idleTimeoutPeriodBeforePrompt: 60_000, idleTimeoutPeriodAfterPrompt: 180_000 };

/** What is hidden unless it is said otherwise. */
const hidden: SessionSettings = { hideRecordingButton: true, hideNetworkIndicator: true };

/** The settings of `joinSession`. Others of CometChat's, for what there is not, are ignored. */
export type SessionSettings = {
  readonly [Name in keyof typeof hiding | keyof typeof switches]?: boolean;
} & { readonly [Name in keyof typeof texts]?: string } & {
  readonly [Name in keyof typeof usual]?: number;
} & {
  readonly sessionType?: SessionType;
  readonly layout?: Layout;
  /** Hides `title` and the time in the call. */
  readonly hideHeaderPanel?: boolean;
  /** Whoever leaves ends the session for the other one, too. */
  readonly isPeerCall?: boolean;
};

/** What is wrong with the settings, or `null`. */
export function settingsFault(settings: SessionSettings): string | null {
  const given = new Map<string, unknown>(Object.entries(settings).filter(([, value]) => value !== undefined));
  const wrong = ([name, right]: readonly [string, (value: unknown) => boolean]): boolean =>
    given.has(name) && !right(given.get(name));
  const fault = [
    ...[...Object.keys({ ...hiding, ...switches }), 'hideHeaderPanel', 'isPeerCall'].map(
      (name) => [name, (value: unknown) => typeof value === 'boolean'] as const,
    ),
    ...Object.keys(texts).map((name) => [name, (value: unknown) => typeof value === 'string'] as const),
    ...Object.keys(usual).map((name) => [name, (value: unknown) => Number(value) >= 0] as const),
    ['layout', (value: unknown) => layouts.has(value)] as const,
    ['sessionType', (value: unknown) => value === 'VIDEO' || value === 'VOICE'] as const,
  ].find(wrong);
  return fault ? `The setting ${fault[0]} cannot be ${JSON.stringify(given.get(fault[0]))}.` : null;
}

const layouts = new Set<unknown>(['TILE', 'SIDEBAR', 'SPOTLIGHT']);

/** The element's settings. */
export function elementSettingsOf(settings: SessionSettings): Partial<ElementSettings> {
  const wanted = { ...hidden, ...usual, ...settings };
  const seconds = (name: keyof typeof usual): number => Math.max(least[name], wanted[name]) / 1000;
  const warning = seconds('idleTimeoutPeriodAfterPrompt');
  return {
    ...put(hiding, wanted, (value) => !value),
    ...put(switches, wanted),
    ...put(texts, wanted),
    ...(wanted.hideHeaderPanel && { callTitle: '', showSessionTimer: false }),
    mode: wanted.layout ?? 'TILE',
    audioOnly: wanted.sessionType === 'VOICE',
    // v5 has no way from a voice session to a video session.
    showSwitchToVideoCallButton: false,
    idleTimeoutPeriod: seconds('idleTimeoutPeriodBeforePrompt') + warning,
    idleWarningPeriod: warning,
  };
}

/** What was given, under the element's names. */
function put(
  names: Readonly<Record<string, keyof ElementSettings>>,
  wanted: object,
  turn: (value: unknown) => unknown = (value) => value,
): Partial<ElementSettings> {
  const given = new Map<string, unknown>(Object.entries(wanted));
  return Object.fromEntries(
    Object.entries(names)
      .filter(([name]) => given.get(name) !== undefined)
      .map(([name, own]) => [own, turn(given.get(name))]),
  );
}
