import type { LayoutMode, TileRef } from './call-state.js';
import type { ParticipantId } from './participant.js';

/** The commands of a call, for the user interface, the element and the facade. Failures raise `onError`. */
export interface CallCommands {
  /** Mutes (`true`) or unmutes the microphone. */
  muteAudio(muted: boolean): void;
  /** Turns the camera off (`true`; its indicator light goes out) or on. */
  pauseVideo(paused: boolean): void;
  /** Asks the user for a screen, window or tab and shares it beside the camera. */
  startScreenShare(): void;
  stopScreenShare(): void;
  /** Changes between front and rear camera, or to the next camera. */
  switchCamera(): void;
  setAudioInputDevice(deviceId: string): void;
  setAudioOutputDevice(deviceId: string): void;
  /** Switches the audio output to the first speaker of a kind: SPEAKER, EARPIECE, BLUETOOTH or HEADPHONES. */
  setAudioMode(mode: string): void;
  setVideoInputDevice(deviceId: string): void;
  /** Asks the others to make this audio call a video call. */
  switchToVideoCall(): void;
  /** Answers another participant's request to switch to video. */
  answerVideoRequest(accept: boolean): void;
  startRecording(): void;
  stopRecording(): void;
  raiseHand(): void;
  lowerHand(): void;
  /** Mutes another participant's microphone. Only they can unmute it. */
  muteParticipant(id: ParticipantId): void;
  /** Turns another participant's camera off. Only they can turn it on. */
  pauseParticipantVideo(id: ParticipantId): void;
  /** Pins a tile to the front, for this user only; `null` unpins it, and the active speaker is in front again. */
  pin(tile: TileRef | null): void;
  setMode(mode: LayoutMode): void;
  /** Opens (`true`) or closes the list of participants. */
  showParticipantList(shown: boolean): void;
  /** Moves the call to a picture-in-picture window, or back. Requires a user gesture. */
  togglePictureInPicture(): void;
  /** Opens the background picker. */
  openVirtualBackground(): void;
  closeVirtualBackground(): void;
  /** Dismisses the idle warning and stays in the call. */
  stay(): void;
  /** Reports a press of a control-bar button: raises `onControlPressed`. */
  pressControl(control: string): void;
  /** Reports a press of the end-call button: raises `onCallEndButtonPressed`. */
  pressEndCall(): void;
  /** Leaves the call and releases camera, microphone and network. */
  endSession(): void;
  /** Ends the call for all participants. */
  endSessionForAll(): void;
}
