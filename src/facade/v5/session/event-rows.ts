import type { CallEventName, CallEvents } from '../../../domain/call/call-events.js';
import type { LayoutMode } from '../../../domain/call/call-state.js';
import type { Device, DeviceLists } from '../../../domain/media/devices.js';
import { callParticipant } from './call-participant.js';
import type { Layout } from '../call-constants.js';
import type { SessionEventName, SessionEvents } from './session-events.js';

/** The call event that each v5 event comes from, and its payload, if any. */
interface EventRow<Source extends CallEventName, Payload> {
  readonly source: Source;
  readonly payload: (detail: CallEvents[Source], before: DeviceLists) => PayloadResult<Payload>;
}

type PayloadResult<Payload> = readonly [Payload] | null;

type AnyRow<Payload> = { [Source in CallEventName]: EventRow<Source, Payload> }[CallEventName];

const withoutPayload = <Source extends CallEventName>(source: Source): EventRow<Source, void> => ({
  source,
  payload: () => [undefined],
});

const mapped = <Source extends CallEventName, Payload>(
  source: Source,
  payload: (detail: CallEvents[Source]) => Payload,
): EventRow<Source, Payload> => ({ source, payload: (detail) => [payload(detail)] });

const onControl = (wanted: string): EventRow<'onControlPressed', void> => ({
  source: 'onControlPressed',
  payload: ({ control }) => (control === wanted ? [undefined] : null),
});

const onDeviceList = (list: keyof DeviceLists): EventRow<'onMediaDeviceListUpdated', readonly Device[]> => ({
  source: 'onMediaDeviceListUpdated',
  payload: (devices, before) =>
    deviceKey(devices[list]) === deviceKey(before[list]) ? null : [devices[list]],
});

/** Which device is in use is another event. */
const deviceKey = (devices: readonly Device[]): string =>
  JSON.stringify(devices.map(({ deviceId, label }) => [deviceId, label]));

const layouts: Readonly<Record<LayoutMode, Layout>> = {
  DEFAULT: 'TILE',
  TILE: 'TILE',
  SIDEBAR: 'SIDEBAR',
  SPOTLIGHT: 'SPOTLIGHT',
  SINGLE: 'SPOTLIGHT',
};

/** Every event of v5 that a call raises, and where it comes from. */
export const eventRows: { readonly [Name in SessionEventName]: AnyRow<SessionEvents[Name]> } = {
  onSessionJoined: withoutPayload('onSessionJoined'),
  onSessionLeft: withoutPayload('onSessionLeft'),
  onSessionTimedOut: withoutPayload('onSessionTimeout'),
  onConnectionLost: withoutPayload('onConnectionLost'),
  onConnectionRestored: withoutPayload('onConnectionRestored'),
  onConnectionClosed: withoutPayload('onSessionLeft'),
  onConnectionFailed: mapped('onConnectionFailed', (failure) => failure),
  onRemoteConnectionLost: mapped('onRemoteConnectionLost', callParticipant),
  onRemoteConnectionRestored: mapped('onRemoteConnectionRestored', callParticipant),
  onParticipantJoined: mapped('onUserJoined', callParticipant),
  onParticipantLeft: mapped('onUserLeft', callParticipant),
  onParticipantListChanged: mapped('onUserListUpdated', (users) => users.map(callParticipant)),
  onParticipantAudioMuted: mapped('onUserMuted', ({ muted }) => callParticipant(muted)),
  onParticipantAudioUnmuted: mapped('onUserUnMuted', ({ muted }) => callParticipant(muted)),
  onParticipantVideoPaused: mapped('onParticipantVideoPaused', callParticipant),
  onParticipantVideoResumed: mapped('onParticipantVideoResumed', callParticipant),
  onParticipantHandRaised: mapped('onParticipantHandRaised', callParticipant),
  onParticipantHandLowered: mapped('onParticipantHandLowered', callParticipant),
  onParticipantStartedScreenShare: mapped('onParticipantStartedScreenShare', callParticipant),
  onParticipantStoppedScreenShare: mapped('onParticipantStoppedScreenShare', callParticipant),
  onParticipantStartedRecording: mapped('onRecordingStarted', ({ user }) => callParticipant(user)),
  onParticipantStoppedRecording: mapped('onRecordingStopped', ({ user }) => callParticipant(user)),
  onDominantSpeakerChanged: {
    source: 'onDominantSpeakerChanged',
    payload: (speaker) => speaker && [callParticipant(speaker)],
  },
  onAudioMuted: withoutPayload('onAudioMuted'),
  onAudioUnMuted: withoutPayload('onAudioUnMuted'),
  onVideoPaused: withoutPayload('onVideoPaused'),
  onVideoResumed: withoutPayload('onVideoResumed'),
  onRecordingStarted: withoutPayload('onRecordingStarted'),
  onRecordingStopped: withoutPayload('onRecordingStopped'),
  onScreenShareStarted: withoutPayload('onScreenShareStarted'),
  onScreenShareStopped: withoutPayload('onScreenShareStopped'),
  onLeaveSessionButtonClicked: withoutPayload('onCallEndButtonPressed'),
  onToggleAudioButtonClicked: onControl('mute-audio'),
  onToggleVideoButtonClicked: onControl('pause-video'),
  onRaiseHandButtonClicked: onControl('raise-hand'),
  onChangeLayoutButtonClicked: onControl('mode'),
  onParticipantListButtonClicked: onControl('participants'),
  onRecordingToggleButtonClicked: onControl('recording'),
  onScreenShareButtonClicked: onControl('screen-share'),
  onCallLayoutChanged: mapped('onCallLayoutChanged', ({ mode }) => layouts[mode]),
  onParticipantListVisible: withoutPayload('onParticipantListVisible'),
  onParticipantListHidden: withoutPayload('onParticipantListHidden'),
  onAudioInputDeviceChanged: mapped('onAudioInputDeviceChanged', (device) => device),
  onAudioOutputDeviceChanged: mapped('onAudioOutputDeviceChanged', (device) => device),
  onVideoInputDeviceChanged: mapped('onVideoInputDeviceChanged', (device) => device),
  onAudioInputDevicesChanged: onDeviceList('audioInputDevices'),
  onAudioOutputDevicesChanged: onDeviceList('audioOutputDevices'),
  onVideoInputDevicesChanged: onDeviceList('videoInputDevices'),
  onError: mapped('onError', (failure) => failure),
};
