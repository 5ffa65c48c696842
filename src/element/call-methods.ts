import type { BackgroundImage } from '../domain/media/background-image.js';
import {
  idle,
  isActive,
  type CallState,
  type LayoutMode,
  type TileRef,
  type TrackSource,
} from '../domain/call/call-state.js';
import type { Device } from '../domain/media/devices.js';
import { sessionUser, type ParticipantId, type SessionUser } from '../domain/call/participant.js';
import type { CallSession } from '../session/call-session.js';
import { toBoolean } from '../settings/setting-rows.js';
import { SpellingElement } from './host/attribute-spellings.js';
import { settingsOf, type SettingProperties } from './host/setting-properties.js';

/**
 * The methods and properties through which a page controls and reads the call in the element. Outside a call the methods do
 * nothing and the lists are empty. The methods return at once and do not throw: they report a failure as
 * `cometchat-error` (`onError` on CometChat's listeners), whose `detail` is a `CallError` with the code named here.
 */
export abstract class CallMethods extends SpellingElement {
  /** The session of the current call; `undefined` outside a call. */
  protected abstract get session(): CallSession | undefined;

  /** The current state of the call: an immutable value, replaced after each change. `{ phase: 'idle' … }` before a call. */
  get callState(): CallState {
    return this.session?.store.get() ?? idle;
  }

  /** All participants, the local one included; empty outside a call. */
  get participants(): readonly SessionUser[] {
    const state = this.callState;
    return isActive(state) ? [...state.participants.values()].map(sessionUser) : [];
  }

  /**
   * Ends the call for all participants. Reports `NOT_ALLOWED` if the server forbids it to this user, and
   * `CONNECTION_LOST` or `REQUEST_TIMED_OUT` if the server cannot be reached; the call then goes on.
   */
  endSessionForAll(): void {
    this.session?.commands.endSessionForAll();
  }

  /**
   * Mutes the microphone, or unmutes it with `false`. Unmuting reports a `MEDIA_…` code if the microphone cannot be opened,
   * such as `MEDIA_DENIED` or `MEDIA_NOT_FOUND`; the microphone then stays muted.
   */
  muteAudio(muted = true): void {
    this.session?.commands.muteAudio(toBoolean(muted));
  }

  /**
   * Turns the camera off, or on with `false`. Turning it on reports a `MEDIA_…` code if the camera cannot be opened,
   * such as `MEDIA_DENIED` or `MEDIA_IN_USE`; the camera then stays off. A voice call never turns it on.
   */
  pauseVideo(paused = true): void {
    this.session?.commands.pauseVideo(toBoolean(paused));
  }

  /**
   * Asks the user for a screen, window or tab and shares it beside the camera. Needs a user gesture. Reports
   * `SCREEN_SHARE_UNSUPPORTED`, a `MEDIA_…` code, or `SCREEN_AUDIO_DROPPED` if the screen is shared without audio because
   * the others would hear an echo. Reports nothing if the user cancels.
   */
  startScreenShare(): void {
    this.session?.commands.startScreenShare();
  }

  /** Stops sharing the screen and its audio. Does nothing while no screen is shared. */
  stopScreenShare(): void {
    this.session?.commands.stopScreenShare();
  }

  /**
   * Switches between front and rear camera, or to the next camera. Does nothing while the camera is off or if there is only
   * one. Reports a `MEDIA_…` code if the camera cannot be opened.
   */
  switchCamera(): void {
    this.session?.commands.switchCamera();
  }

  /**
   * Asks the other participants to turn a voice call into a video call; does nothing in a video call. Reports
   * `RATE_LIMITED`, `CONNECTION_LOST` or `REQUEST_TIMED_OUT` if the request does not get through.
   */
  switchToVideoCall(): void {
    this.session?.commands.switchToVideoCall();
  }

  /**
   * Records the call as it is seen and heard here, into a file, and notifies all participants. The file arrives as
   * `cometchat-recording-available` after the recording stops. Reports `UNSUPPORTED` if the browser cannot record,
   * `RECORDING_FAILED` if the recording breaks off, and `CHUNK_LOAD_FAILED` if its code cannot be loaded.
   */
  startRecording(): void {
    this.session?.commands.startRecording();
  }

  /** Stops the recording and completes its file. Reports `RECORDING_FAILED` if the file cannot be completed. */
  stopRecording(): void {
    this.session?.commands.stopRecording();
  }

  /** Raises the local participant's hand for all to see. */
  raiseHand(): void {
    this.session?.commands.raiseHand();
  }

  /** Lowers the local participant's hand. */
  lowerHand(): void {
    this.session?.commands.lowerHand();
  }

  /**
   * Mutes another participant's microphone for everyone; only they can unmute it. Reports `NOT_ALLOWED` if the server
   * forbids it to this user, `PARTICIPANT_NOT_FOUND` for an unknown id, and `RATE_LIMITED`, `CONNECTION_LOST` or
   * `REQUEST_TIMED_OUT` if the request does not get through.
   */
  muteParticipant(participantId: ParticipantId): void {
    this.session?.commands.muteParticipant(participantId);
  }

  /** Turns another participant's camera off; only they can turn it on. Reports the codes of `muteParticipant`. */
  pauseParticipantVideo(participantId: ParticipantId): void {
    this.session?.commands.pauseParticipantVideo(participantId);
  }

  /** Pins a participant's camera or screen, for this user only. */
  pinParticipant(participantId: ParticipantId, source: TileRef['source'] = 'camera'): void {
    this.session?.commands.pin({ participantId, source });
  }

  /** Removes the pin. */
  unpinParticipant(): void {
    this.session?.commands.pin(null);
  }

  /** Changes the layout; also sets the property `mode`. */
  setMode(mode: LayoutMode): void {
    this.mode = mode;
    this.session?.commands.setMode(settingsOf(this).mode);
  }

  /** Opens the participant list, or closes it with `false`. */
  showParticipantList(shown = true): void {
    this.session?.commands.showParticipantList(shown);
  }

  /**
   * Blurs the background of the user's video: 1 (slight) to 99 (strong), or 0 for no effect. Replaces a background image.
   * Reports `PROCESSING_DROPPED` if this device is too slow or the effect fails.
   */
  setBackgroundBlur(level: number): void {
    this.backgroundImage = '';
    this.backgroundBlur = level;
  }

  /**
   * Replaces the background of the user's video with an image: a URL, a `Blob`, or an object with a URL; `''` removes it.
   * Replaces the blur. Reports `PROCESSING_DROPPED` if this device is too slow or the effect fails.
   */
  setBackgroundImage(image: BackgroundImage): void {
    this.backgroundBlur = 0;
    this.backgroundImage = image;
  }

  /** Opens the background dialog. Reports `CHUNK_LOAD_FAILED` if its code cannot be loaded. */
  openVirtualBackground(): void {
    this.session?.commands.openVirtualBackground();
  }

  /** Closes the background dialog. */
  closeVirtualBackground(): void {
    this.session?.commands.closeVirtualBackground();
  }

  /** Dismisses the idle warning; the call goes on. */
  stay(): void {
    this.session?.commands.stay();
  }

  /** The available microphones. */
  getAudioInputDevices(): readonly Device[] {
    return this.callState.local.devices.audioInputDevices;
  }

  /** The available speakers; empty in browsers that do not list them. */
  getAudioOutputDevices(): readonly Device[] {
    return this.callState.local.devices.audioOutputDevices;
  }

  /** The available cameras. */
  getVideoInputDevices(): readonly Device[] {
    return this.callState.local.devices.videoInputDevices;
  }

  /**
   * Uses another microphone, by the `deviceId` of `getAudioInputDevices()`; `''` or `default`: the system's choice. Reports
   * `DEVICE_NOT_FOUND` for an unknown id, or a `MEDIA_…` code if the microphone cannot be opened.
   */
  setAudioInputDevice(deviceId: string): void {
    this.session?.commands.setAudioInputDevice(deviceId);
  }

  /**
   * Plays the call on another speaker, by the `deviceId` of `getAudioOutputDevices()`; `''` or `default`: the system's
   * choice. Reports `DEVICE_NOT_FOUND` for an unknown id, `OUTPUT_SELECTION_UNSUPPORTED` if the browser cannot choose a
   * speaker, or `OUTPUT_FAILED`; the speaker then stays the same.
   */
  setAudioOutputDevice(deviceId: string): void {
    this.session?.commands.setAudioOutputDevice(deviceId);
  }

  /**
   * Plays the call on the first speaker of a kind: `SPEAKER`, `EARPIECE`, `BLUETOOTH` or `HEADPHONES`. Reports
   * `AUDIO_MODE_UNAVAILABLE` if there is no such speaker, or a code of `setAudioOutputDevice`.
   */
  setAudioMode(mode: string): void {
    this.session?.commands.setAudioMode(mode);
  }

  /**
   * Uses another camera, by the `deviceId` of `getVideoInputDevices()`; `''` or `default`: the system's choice. Reports
   * `DEVICE_NOT_FOUND` for an unknown id, or a `MEDIA_…` code if the camera cannot be opened.
   */
  setVideoInputDevice(deviceId: string): void {
    this.session?.commands.setVideoInputDevice(deviceId);
  }

  /**
   * A participant's live stream, for pages that draw their own interface; `null` while there is none. In the lobby, the id
   * of the local participant is `''`.
   */
  streamOf(participantId: ParticipantId, source: TrackSource = 'camera'): MediaStream | null {
    return (
      (this.callState.phase !== 'ended' && this.session?.media.exposeStream(participantId, source)) || null
    );
  }

  /**
   * Shows the call in a picture-in-picture window. Needs a user gesture. Reports `UNSUPPORTED` if the browser cannot or
   * refuses, and `CHUNK_LOAD_FAILED` if the code cannot be loaded.
   */
  enterPictureInPicture(): void {
    if (!this.matches(':state(pip)')) this.togglePictureInPicture();
  }

  /** Returns the call from its picture-in-picture window to the page. */
  exitPictureInPicture(): void {
    if (this.matches(':state(pip)')) this.togglePictureInPicture();
  }

  /** Enters or leaves picture-in-picture. Reports the codes of `enterPictureInPicture`. */
  togglePictureInPicture(): void {
    this.session?.commands.togglePictureInPicture();
  }
}

/** The settings that some methods write. */
export interface CallMethods extends SettingProperties {}
