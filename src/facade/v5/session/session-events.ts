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
  /** A participant left. */
  onParticipantLeft: CallParticipant;
  /** All participants, the local one included. */
  onParticipantListChanged: readonly CallParticipant[];
  /** A participant was muted. */
  onParticipantAudioMuted: CallParticipant;
  /** A participant was unmuted. */
  onParticipantAudioUnmuted: CallParticipant;
  /** A participant turned their camera off. */
  onParticipantVideoPaused: CallParticipant;
  /** A participant turned their camera on. */
  onParticipantVideoResumed: CallParticipant;
  /** A participant raised their hand. */
  onParticipantHandRaised: CallParticipant;
  /** A participant lowered their hand. */
  onParticipantHandLowered: CallParticipant;
  /** A participant started to share their screen. */
  onParticipantStartedScreenShare: CallParticipant;
  /** A participant stopped sharing their screen. */
  onParticipantStoppedScreenShare: CallParticipant;
  /** A participant started to record. */
  onParticipantStartedRecording: CallParticipant;
  /** A participant stopped recording. */
  onParticipantStoppedRecording: CallParticipant;
  /** Another participant is the active speaker. */
  onDominantSpeakerChanged: CallParticipant;
  /** The local microphone. */
  onAudioMuted: void;
  /** The local microphone was unmuted. */
  onAudioUnMuted: void;
  /** The local camera. */
  onVideoPaused: void;
  /** The local camera was turned on. */
  onVideoResumed: void;
  /** A participant started to record the call. */
  onRecordingStarted: void;
  /** The local recording stopped. */
  onRecordingStopped: void;
  /** The local screen. */
  onScreenShareStarted: void;
  /** The local screen is no longer shared. */
  onScreenShareStopped: void;
  /** The user pressed the button that leaves; the session is left. */
  onLeaveSessionButtonClicked: void;
  /** The user pressed the microphone button. */
  onToggleAudioButtonClicked: void;
  /** The user pressed the camera button. */
  onToggleVideoButtonClicked: void;
  /** The user pressed the hand button. */
  onRaiseHandButtonClicked: void;
  /** The user pressed the layout button. */
  onChangeLayoutButtonClicked: void;
  /** The user pressed the button of the participant list. */
  onParticipantListButtonClicked: void;
  /** The user pressed the recording button. */
  onRecordingToggleButtonClicked: void;
  /** The user pressed the screen sharing button. */
  onScreenShareButtonClicked: void;
  /** The layout changed. */
  onCallLayoutChanged: Layout;
  /** The participant list was opened. */
  onParticipantListVisible: void;
  /** The participant list was closed. */
  onParticipantListHidden: void;
  /** The device that is used now. */
  onAudioInputDeviceChanged: Device;
  /** Another speaker is used. */
  onAudioOutputDeviceChanged: Device;
  /** Another camera is used. */
  onVideoInputDeviceChanged: Device;
  /** The devices that there are now. */
  onAudioInputDevicesChanged: readonly Device[];
  /** The list of speakers changed. */
  onAudioOutputDevicesChanged: readonly Device[];
  /** The list of cameras changed. */
  onVideoInputDevicesChanged: readonly Device[];
  /** Beyond CometChat's list: a failure with its `code` and a `message` that says what to do. */
  onError: CallFailure;
}

export type SessionEventName = keyof SessionEvents;

/** What `addEventListener` takes for an event. */
export type SessionListener<Name extends SessionEventName> = (detail: SessionEvents[Name]) => void;
