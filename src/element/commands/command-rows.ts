import type { CallCommands } from '../../domain/call/call-commands.js';
import { isActive, localParticipantOf, type CallState } from '../../domain/call/call-state.js';

/** What obeys commands: the element. */
export interface CommandTarget extends Omit<
  CallCommands,
  'answerVideoRequest' | 'pin' | 'pressControl' | 'pressEndCall'
> {}

/**
 * What a `<button command="--…" commandfor="…">` does to the element, without any JavaScript of the page.
 * (HTML, invoker commands: custom commands begin with two hyphens.) `--start-session` is there before any call is.
 */
export const commandRows: Readonly<Record<string, (call: CommandTarget, state: CallState) => unknown>> = {
  '--end-session': (call) => call.endSession(),
  '--end-session-for-all': (call) => call.endSessionForAll(),
  '--mute-audio': (call) => call.muteAudio(true),
  '--unmute-audio': (call) => call.muteAudio(false),
  '--toggle-audio': (call, { local }) => call.muteAudio(local.microphone.wanted),
  '--pause-video': (call) => call.pauseVideo(true),
  '--resume-video': (call) => call.pauseVideo(false),
  '--toggle-video': (call, { local }) => call.pauseVideo(local.camera.wanted),
  '--share-screen': (call) => call.startScreenShare(),
  '--stop-screen-share': (call) => call.stopScreenShare(),
  '--toggle-screen-share': (call, { local }) =>
    local.screen.wanted ? call.stopScreenShare() : call.startScreenShare(),
  '--switch-camera': (call) => call.switchCamera(),
  '--switch-to-video-call': (call) => call.switchToVideoCall(),
  '--start-recording': (call) => call.startRecording(),
  '--stop-recording': (call) => call.stopRecording(),
  '--toggle-recording': (call, state) =>
    isActive(state) && localParticipantOf(state).recording ? call.stopRecording() : call.startRecording(),
  '--raise-hand': (call) => call.raiseHand(),
  '--lower-hand': (call) => call.lowerHand(),
  '--toggle-hand': (call, state) =>
    isActive(state) && localParticipantOf(state).handRaisedAt !== null ? call.lowerHand() : call.raiseHand(),
  '--toggle-participant-list': (call, state) =>
    call.showParticipantList(!(isActive(state) && state.participantListShown)),
  '--mode-default': (call) => call.setMode('DEFAULT'),
  '--mode-spotlight': (call) => call.setMode('SPOTLIGHT'),
  '--picture-in-picture': (call) => call.togglePictureInPicture(),
  '--open-virtual-background': (call) => call.openVirtualBackground(),
  '--close-virtual-background': (call) => call.closeVirtualBackground(),
  '--stay': (call) => call.stay(),
};
