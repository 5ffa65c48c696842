import type { LayoutMode, TileRef } from './call-state.js';
import type { ParticipantId } from './participant.js';

/** What the interface, the element and the facade may ask of a call. Failures are raised as `onError`. */
export interface CallCommands {
  /** Mutes (`true`) or unmutes the microphone. */
  muteAudio(muted: boolean): void;
  /** Turns the camera off (`true`; its light goes out) or on. */
  pauseVideo(paused: boolean): void;
  /** Asks the user for a screen, window or tab and shares it beside the camera. */
  startScreenShare(): void;
  stopScreenShare(): void;
  /** Changes between front and rear camera, or to the next camera. */
  switchCamera(): void;
  setAudioInputDevice(deviceId: string): void;
  setAudioOutputDevice(deviceId: string): void;
  /** Sends the sound to the first speaker of a kind: SPEAKER, EARPIECE, BLUETOOTH or HEADPHONES. */
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
  /** Puts a tile in front, for this user only; `null` lets the active speaker have the place. */
  pin(tile: TileRef | null): void;
  setMode(mode: LayoutMode): void;
  /** Opens (`true`) or closes the list of participants. */
  showParticipantList(shown: boolean): void;
  /** Shows the call in a window of its own above all others, or brings it back. Needs a user gesture. */
  togglePictureInPicture(): void;
  /** Opens the choice of a background. */
  openVirtualBackground(): void;
  closeVirtualBackground(): void;
  /** Answers the idle warning: the call goes on. */
  stay(): void;
  /** The user pressed a button of the control bar: raises `onControlPressed`. */
  pressControl(control: string): void;
  /** The user pressed the end-call button: raises `onCallEndButtonPressed`. */
  pressEndCall(): void;
  /** Leaves the call and lets go of camera, microphone and network. */
  endSession(): void;
  /** Ends the call for everybody in it. */
  endSessionForAll(): void;
}
