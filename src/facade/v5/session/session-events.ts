import type { CallFailure } from '../../../domain/call-error.js';
import type { Device } from '../../../domain/media/devices.js';
import type { Layout } from '../call-constants.js';
import type { CallParticipant } from './call-participant.js';

/** The events of `addEventListener` (v5), and what their listeners get. */
export interface SessionEvents {
  /** The session was joined. */
  onSessionJoined: void;
  /** The session was left, for whatever reason. */
  onSessionLeft: void;
  /** The session ended because no one else was in it. */
  onSessionTimedOut: void;
  /** The connection to the server was lost; it is being restored. */
  onConnectionLost: void;
  /** The connection is back. */
  onConnectionRestored: void;
  /** The connection was closed, by the user or otherwise: the page can put the call away. */
  onConnectionClosed: void;
  /** The session could not be joined, or was lost for good. */
  onConnectionFailed: CallFailure;
  /** The connection to a participant was lost; it may come back. */
  onRemoteConnectionLost: CallParticipant;
  /** It is back. */
  onRemoteConnectionRestored: CallParticipant;
  /** Another participant joined, or was there already. */
  onParticipantJoined: CallParticipant;
  onParticipantLeft: CallParticipant;
  /** All participants, the local one included. */
  onParticipantListChanged: readonly CallParticipant[];
  onParticipantAudioMuted: CallParticipant;
  onParticipantAudioUnmuted: CallParticipant;
  onParticipantVideoPaused: CallParticipant;
  onParticipantVideoResumed: CallParticipant;
  onParticipantHandRaised: CallParticipant;
  onParticipantHandLowered: CallParticipant;
  onParticipantStartedScreenShare: CallParticipant;
  onParticipantStoppedScreenShare: CallParticipant;
  onParticipantStartedRecording: CallParticipant;
  onParticipantStoppedRecording: CallParticipant;
  /** Another participant is the active speaker. */
  onDominantSpeakerChanged: CallParticipant;
  /** The local microphone. */
  onAudioMuted: void;
  onAudioUnMuted: void;
  /** The local camera. */
  onVideoPaused: void;
  onVideoResumed: void;
  /** Somebody records the call. */
  onRecordingStarted: void;
  onRecordingStopped: void;
  /** The local screen. */
  onScreenShareStarted: void;
  onScreenShareStopped: void;
  /** The user pressed the button that leaves; the session is left. */
  onLeaveSessionButtonClicked: void;
  onToggleAudioButtonClicked: void;
  onToggleVideoButtonClicked: void;
  onRaiseHandButtonClicked: void;
  onChangeLayoutButtonClicked: void;
  onParticipantListButtonClicked: void;
  onRecordingToggleButtonClicked: void;
  onScreenShareButtonClicked: void;
  onCallLayoutChanged: Layout;
  onParticipantListVisible: void;
  onParticipantListHidden: void;
  /** The device that is used now. */
  onAudioInputDeviceChanged: Device;
  onAudioOutputDeviceChanged: Device;
  onVideoInputDeviceChanged: Device;
  /** The devices that there are now. */
  onAudioInputDevicesChanged: readonly Device[];
  onAudioOutputDevicesChanged: readonly Device[];
  onVideoInputDevicesChanged: readonly Device[];
  /** Beyond CometChat's list: a failure with its `code` and a `message` that says what to do. */
  onError: CallFailure;
}

export type SessionEventName = keyof SessionEvents;

/** What `addEventListener` takes for an event. */
export type SessionListener<Name extends SessionEventName> = (detail: SessionEvents[Name]) => void;
