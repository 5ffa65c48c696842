import type { CallSettings } from './setting-rows.js';

/** The settings of a viewer, who sends nothing: no device is requested, and the controls for sending are hidden. */
export function viewerSettings(settings: CallSettings): CallSettings {
  return {
    ...settings,
    presentation: 'viewer',
    lobby: false,
    pushToTalk: false,
    startWithAudioMuted: true,
    startWithVideoMuted: true,
    showMuteAudioButton: false,
    showPauseVideoButton: false,
    showScreenShareButton: false,
    showSwitchCameraButton: false,
    showSwitchToVideoCallButton: false,
    showVirtualBackgroundSetting: false,
    showRecordingButton: false,
    startRecordingOnCallStart: false,
    showParticipantListButton: false,
  };
}
