import type { CallEventName, CallEvents } from '../../domain/call-events.js';
import type { LayoutMode } from '../../domain/call-state.js';
import type { Device, DeviceLists } from '../../domain/devices.js';
import { callParticipant } from './call-participant.js';
import type { Layout } from './call-constants.js';
import type { SessionEventName, SessionEvents } from './session-events.js';

/** Which event of the call an event of v5 comes from, and what is told of it: one payload, or nothing. */
interface EventRow<Source extends CallEventName, Payload> {
  readonly source: Source;
  readonly payload: (detail: CallEvents[Source], before: DeviceLists) => Told<Payload>;
}

type Told<Payload> = readonly [Payload] | null;

type AnyRow<Payload> = { [Source in CallEventName]: EventRow<Source, Payload> }[CallEventName];

const told = <Source extends CallEventName>(source: Source): EventRow<Source, void> => ({
  source,
  payload: () => [undefined],
});

const from = <Source extends CallEventName, Payload>(
  source: Source,
  payload: (detail: CallEvents[Source]) => Payload,
): EventRow<Source, Payload> => ({ source, payload: (detail) => [payload(detail)] });

const pressed = (wanted: string): EventRow<'onControlPressed', void> => ({
  source: 'onControlPressed',
  payload: ({ control }) => (control === wanted ? [undefined] : null),
});

const listed = (list: keyof DeviceLists): EventRow<'onMediaDeviceListUpdated', readonly Device[]> => ({
  source: 'onMediaDeviceListUpdated',
  payload: (devices, before) => (names(devices[list]) === names(before[list]) ? null : [devices[list]]),
});

/** Which device is in use is another event. */
const names = (devices: readonly Device[]): string =>
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
  onSessionJoined: told('onSessionJoined'),
  onSessionLeft: told('onSessionLeft'),
  onSessionTimedOut: told('onSessionTimeout'),
  onConnectionLost: told('onConnectionLost'),
  onConnectionRestored: told('onConnectionRestored'),
  onConnectionClosed: told('onSessionLeft'),
  onConnectionFailed: from('onConnectionFailed', (failure) => failure),
  onRemoteConnectionLost: from('onRemoteConnectionLost', callParticipant),
  onRemoteConnectionRestored: from('onRemoteConnectionRestored', callParticipant),
  onParticipantJoined: from('onUserJoined', callParticipant),
  onParticipantLeft: from('onUserLeft', callParticipant),
  onParticipantListChanged: from('onUserListUpdated', (users) => users.map(callParticipant)),
  onParticipantAudioMuted: from('onUserMuted', ({ muted }) => callParticipant(muted)),
  onParticipantAudioUnmuted: from('onUserUnMuted', ({ muted }) => callParticipant(muted)),
  onParticipantVideoPaused: from('onParticipantVideoPaused', callParticipant),
  onParticipantVideoResumed: from('onParticipantVideoResumed', callParticipant),
  onParticipantHandRaised: from('onParticipantHandRaised', callParticipant),
  onParticipantHandLowered: from('onParticipantHandLowered', callParticipant),
  onParticipantStartedScreenShare: from('onParticipantStartedScreenShare', callParticipant),
  onParticipantStoppedScreenShare: from('onParticipantStoppedScreenShare', callParticipant),
  onParticipantStartedRecording: from('onRecordingStarted', ({ user }) => callParticipant(user)),
  onParticipantStoppedRecording: from('onRecordingStopped', ({ user }) => callParticipant(user)),
  onDominantSpeakerChanged: {
    source: 'onDominantSpeakerChanged',
    payload: (speaker) => speaker && [callParticipant(speaker)],
  },
  onAudioMuted: told('onAudioMuted'),
  onAudioUnMuted: told('onAudioUnMuted'),
  onVideoPaused: told('onVideoPaused'),
  onVideoResumed: told('onVideoResumed'),
  onRecordingStarted: told('onRecordingStarted'),
  onRecordingStopped: told('onRecordingStopped'),
  onScreenShareStarted: told('onScreenShareStarted'),
  onScreenShareStopped: told('onScreenShareStopped'),
  onLeaveSessionButtonClicked: told('onCallEndButtonPressed'),
  onToggleAudioButtonClicked: pressed('mute-audio'),
  onToggleVideoButtonClicked: pressed('pause-video'),
  onRaiseHandButtonClicked: pressed('raise-hand'),
  onChangeLayoutButtonClicked: pressed('mode'),
  onParticipantListButtonClicked: pressed('participants'),
  onRecordingToggleButtonClicked: pressed('recording'),
  onScreenShareButtonClicked: pressed('screen-share'),
  onCallLayoutChanged: from('onCallLayoutChanged', ({ mode }) => layouts[mode]),
  onParticipantListVisible: told('onParticipantListVisible'),
  onParticipantListHidden: told('onParticipantListHidden'),
  onAudioInputDeviceChanged: from('onAudioInputDeviceChanged', (device) => device),
  onAudioOutputDeviceChanged: from('onAudioOutputDeviceChanged', (device) => device),
  onVideoInputDeviceChanged: from('onVideoInputDeviceChanged', (device) => device),
  onAudioInputDevicesChanged: listed('audioInputDevices'),
  onAudioOutputDevicesChanged: listed('audioOutputDevices'),
  onVideoInputDevicesChanged: listed('videoInputDevices'),
  onError: from('onError', (failure) => failure),
};
