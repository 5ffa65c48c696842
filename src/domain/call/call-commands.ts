import type { LayoutMode, TileRef } from './call-state.js';
import type { ParticipantId } from './participant.js';

/**
 * The commands of a call, for the user interface, the element and the facade. They return at once and do nothing outside a
 * call. A failure raises `onError` with a `CallError` of the code named here.
 */
export interface CallCommands extends MediaCommands, RoomCommands, ViewCommands {}

/** The commands that the element has as methods: what `<button command>` and the buttons of the control bar run. */
export interface CommandTarget extends Omit<
  CallCommands,
  'answerVideoRequest' | 'pin' | 'pressControl' | 'pressEndCall'
> {}

/** The commands for microphone, camera, screen, devices and recording. `MEDIA_…`: a code of the media errors. */
export interface MediaCommands {
  /** Mutes (`true`) or unmutes the microphone. Unmuting raises a `MEDIA_…` code if the microphone cannot be opened. */
  muteAudio(muted: boolean): void;
  /**
   * Turns the camera off (`true`; its indicator light goes out) or on. A voice call never turns it on. Raises a `MEDIA_…`
   * code if the camera cannot be opened.
   */
  pauseVideo(paused: boolean): void;
  /**
   * Asks the user for a screen, window or tab and shares it beside the camera. Requires a user gesture. Raises
   * `SCREEN_SHARE_UNSUPPORTED`, `SCREEN_AUDIO_DROPPED` or a `MEDIA_…` code; nothing if the user cancels.
   */
  startScreenShare(): void;
  /** Stops sharing the screen and its audio. */
  stopScreenShare(): void;
  /** Switches between front and rear camera, or to the next camera. Raises a `MEDIA_…` code if it cannot be opened. */
  switchCamera(): void;
  /** Uses another microphone. Raises `DEVICE_NOT_FOUND` for an unknown id, or a `MEDIA_…` code. */
  setAudioInputDevice(deviceId: string): void;
  /** Plays the call on another speaker. Raises `DEVICE_NOT_FOUND`, `OUTPUT_SELECTION_UNSUPPORTED` or `OUTPUT_FAILED`. */
  setAudioOutputDevice(deviceId: string): void;
  /**
   * Plays the call on the first speaker of a kind: SPEAKER, EARPIECE, BLUETOOTH or HEADPHONES. Raises
   * `AUDIO_MODE_UNAVAILABLE`, or a code of `setAudioOutputDevice`.
   */
  setAudioMode(mode: string): void;
  /** Uses another camera. Raises `DEVICE_NOT_FOUND` for an unknown id, or a `MEDIA_…` code. */
  setVideoInputDevice(deviceId: string): void;
  /** Records the call as it is shown here, and notifies all participants. Raises `UNSUPPORTED` or `RECORDING_FAILED`. */
  startRecording(): void;
  /** Completes the file of the recording. Raises `RECORDING_FAILED`. */
  stopRecording(): void;
}

/** The commands that concern all participants. Requests to the server raise `CONNECTION_LOST` or `REQUEST_TIMED_OUT`. */
export interface RoomCommands {
  /** Asks the others to turn this voice call into a video call. */
  switchToVideoCall(): void;
  /** Answers another participant's request to switch to video. */
  answerVideoRequest(accept: boolean): void;
  /** Raises the local participant's hand for all to see. */
  raiseHand(): void;
  /** Lowers the local participant's hand. */
  lowerHand(): void;
  /** Mutes another participant's microphone. Only they can unmute it. Raises `NOT_ALLOWED` or `PARTICIPANT_NOT_FOUND`. */
  muteParticipant(id: ParticipantId): void;
  /** Turns another participant's camera off. Only they can turn it on. Raises the codes of `muteParticipant`. */
  pauseParticipantVideo(id: ParticipantId): void;
  /** Dismisses the idle warning and stays in the call. */
  stay(): void;
  /** Leaves the call and releases camera, microphone and network. */
  endSession(): void;
  /** Ends the call for all participants. Raises `NOT_ALLOWED`. */
  endSessionForAll(): void;
}

/** The commands that change only what this user sees. */
export interface ViewCommands {
  /** Pins a tile to the front; `null` unpins it, and the active speaker is in front again. */
  pin(tile: TileRef | null): void;
  /** Changes the layout of the tiles. */
  setMode(mode: LayoutMode): void;
  /** Opens (`true`) or closes the list of participants. */
  showParticipantList(shown: boolean): void;
  /** Moves the call to a picture-in-picture window, or back. Requires a user gesture. Raises `UNSUPPORTED`. */
  togglePictureInPicture(): void;
  /** Opens the background dialog. */
  openVirtualBackground(): void;
  /** Closes the background dialog. */
  closeVirtualBackground(): void;
  /** Reports a press of a control-bar button: raises `onControlPressed`. */
  pressControl(control: string): void;
  /** Reports a press of the end-call button: raises `onCallEndButtonPressed`. */
  pressEndCall(): void;
}
