import type { MediaCommands } from '../../domain/call/call-commands.js';
import type { SessionParts } from '../session-parts.js';

/** The commands for microphone, camera, screen, devices and recording. */
export function mediaCommands({
  tracks,
  deviceSelection,
  muteAudio,
  pauseVideo,
  setRecording,
}: SessionParts): MediaCommands {
  return {
    muteAudio,
    pauseVideo,
    startScreenShare: () => tracks.setEnabled('screen', true),
    stopScreenShare: () => tracks.setEnabled('screen', false),
    switchCamera: () => tracks.switchCamera(),
    setAudioInputDevice: (deviceId) => deviceSelection.selectInput('microphone', deviceId),
    setAudioOutputDevice: (deviceId) => deviceSelection.selectOutput(deviceId),
    setAudioMode: (mode) => deviceSelection.selectOutputByMode(mode),
    setVideoInputDevice: (deviceId) => deviceSelection.selectInput('camera', deviceId),
    startRecording: () => void setRecording(true),
    stopRecording: () => void setRecording(false),
  };
}

const nothing = (): void => undefined;

/** Of a viewer, who sends nothing. */
export const viewerCommands: Pick<
  MediaCommands,
  'muteAudio' | 'pauseVideo' | 'startScreenShare' | 'startRecording'
> = {
  muteAudio: nothing,
  pauseVideo: nothing,
  startScreenShare: nothing,
  startRecording: nothing,
};
