import type { CallCommands } from '../../../src/domain/call/call-commands.js';

/** A command that was given, with what it was given. */
export type RecordedCommands = readonly [name: keyof CallCommands, ...about: unknown[]];

/** Every command; one that is missing here does not compile. */
const names: Readonly<Record<keyof CallCommands, true>> = {
  muteAudio: true,
  pauseVideo: true,
  startScreenShare: true,
  stopScreenShare: true,
  switchCamera: true,
  setAudioInputDevice: true,
  setAudioOutputDevice: true,
  setVideoInputDevice: true,
  setAudioMode: true,
  switchToVideoCall: true,
  answerVideoRequest: true,
  startRecording: true,
  stopRecording: true,
  raiseHand: true,
  lowerHand: true,
  muteParticipant: true,
  pauseParticipantVideo: true,
  pin: true,
  setMode: true,
  showParticipantList: true,
  pressControl: true,
  togglePictureInPicture: true,
  openVirtualBackground: true,
  closeVirtualBackground: true,
  stay: true,
  pressEndCall: true,
  endSession: true,
  endSessionForAll: true,
};

/** Commands that only note that they were given. */
export function spyCommands(): { readonly commands: CallCommands; readonly recorded: RecordedCommands[] } {
  const recorded: RecordedCommands[] = [];
  const spies = (Object.keys(names) as (keyof CallCommands)[]).map((name) => [
    name,
    (...args: unknown[]): void => void recorded.push([name, ...args]),
  ]);
  return { commands: Object.fromEntries(spies) as CallCommands, recorded };
}
