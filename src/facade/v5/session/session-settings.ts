import type { CallSettings as ElementSettings } from '../../../settings/setting-rows.js';
import type { Layout, SessionType } from '../call-constants.js';

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
const minimums = { idleTimeoutPeriodBeforePrompt: 0, idleTimeoutPeriodAfterPrompt: 60_000 };
const defaults = { idleTimeoutPeriodBeforePrompt: 60_000, idleTimeoutPeriodAfterPrompt: 180_000 };

/** What is hidden by default. */
const hidden: SessionSettings = { hideRecordingButton: true, hideNetworkIndicator: true };

/** The settings of `joinSession`. Others of CometChat's, for what there is not, are ignored. */
export type SessionSettings = {
  readonly [Name in keyof typeof hiding | keyof typeof switches]?: boolean;
} & { readonly [Name in keyof typeof texts]?: string } & {
  readonly [Name in keyof typeof defaults]?: number;
} & {
  readonly sessionType?: SessionType;
  readonly layout?: Layout;
  /** Hides `title` and the time in the call. */
  readonly hideHeaderPanel?: boolean;
  /** When one participant leaves, the session ends for the other, too. */
  readonly isPeerCall?: boolean;
};

/** What is wrong with the settings, or `null`. */
export function settingsFault(settings: SessionSettings): string | null {
  const entries = new Map<string, unknown>(
    Object.entries(settings).filter(([, value]) => value !== undefined),
  );
  const isInvalid = ([name, isValid]: readonly [string, (value: unknown) => boolean]): boolean =>
    entries.has(name) && !isValid(entries.get(name));
  const fault = [
    ...[...Object.keys({ ...hiding, ...switches }), 'hideHeaderPanel', 'isPeerCall'].map(
      (name) => [name, (value: unknown) => typeof value === 'boolean'] as const,
    ),
    ...Object.keys(texts).map((name) => [name, (value: unknown) => typeof value === 'string'] as const),
    ...Object.keys(defaults).map((name) => [name, (value: unknown) => Number(value) >= 0] as const),
    ['layout', (value: unknown) => layouts.has(value)] as const,
    ['sessionType', (value: unknown) => value === 'VIDEO' || value === 'VOICE'] as const,
  ].find(isInvalid);
  return fault ? `The setting ${fault[0]} cannot be ${JSON.stringify(entries.get(fault[0]))}.` : null;
}

const layouts = new Set<unknown>(['TILE', 'SIDEBAR', 'SPOTLIGHT']);

/** The element's settings. */
export function elementSettingsOf(settings: SessionSettings): Partial<ElementSettings> {
  const merged = { ...hidden, ...defaults, ...settings };
  const seconds = (name: keyof typeof defaults): number => Math.max(minimums[name], merged[name]) / 1000;
  const warning = seconds('idleTimeoutPeriodAfterPrompt');
  return {
    ...mapSettings(hiding, merged, (value) => !value),
    ...mapSettings(switches, merged),
    ...mapSettings(texts, merged),
    ...(merged.hideHeaderPanel && { callTitle: '', showSessionTimer: false }),
    mode: merged.layout ?? 'TILE',
    audioOnly: merged.sessionType === 'VOICE',
    // v5 has no way from a voice session to a video session.
    showSwitchToVideoCallButton: false,
    idleTimeoutPeriod: seconds('idleTimeoutPeriodBeforePrompt') + warning,
    idleWarningPeriod: warning,
  };
}

/** What was given, under the element's names. */
function mapSettings(
  names: Readonly<Record<string, keyof ElementSettings>>,
  merged: object,
  convert: (value: unknown) => unknown = (value) => value,
): Partial<ElementSettings> {
  const entries = new Map<string, unknown>(Object.entries(merged));
  return Object.fromEntries(
    Object.entries(names)
      .filter(([name]) => entries.get(name) !== undefined)
      .map(([name, target]) => [target, convert(entries.get(name))]),
  );
}
