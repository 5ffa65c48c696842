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
import { SpellingElement } from './host/attribute-spellings.js';
import { settingsOf, type SettingProperties } from './host/setting-properties.js';

/** What a page can ask of the call in the element, and read of it. Outside a call nothing is done, and nothing is there. */
export abstract class CallMethods extends SpellingElement {
  /** The call, while there is one. */
  protected abstract get session(): CallSession | undefined;

  /** What the call is at this moment; a new frozen value after each change. */
  get callState(): CallState {
    return this.session?.store.get() ?? idle;
  }

  /** Everybody in the call, oneself included. */
  get participants(): readonly SessionUser[] {
    const state = this.callState;
    return isActive(state) ? [...state.participants.values()].map(sessionUser) : [];
  }

  /** Ends the call for everybody in it. Does nothing outside a call. */
  endSessionForAll(): void {
    this.session?.endSessionForAll();
  }

  /** Mutes the microphone (or, with `false`, unmutes it). */
  muteAudio(muted = true): void {
    this.session?.muteAudio(muted);
  }

  /** Turns the camera off (or, with `false`, on). */
  pauseVideo(paused = true): void {
    this.session?.pauseVideo(paused);
  }

  /** Lets the user choose a screen, window or tab, and shares it beside the camera. Needs a user gesture. */
  startScreenShare(): void {
    this.session?.startScreenShare();
  }

  stopScreenShare(): void {
    this.session?.stopScreenShare();
  }

  /** Changes between front and rear camera, or to the next camera. */
  switchCamera(): void {
    this.session?.switchCamera();
  }

  /** Asks the others of a voice call to make it a video call. */
  switchToVideoCall(): void {
    this.session?.switchToVideoCall();
  }

  /** Records the call as it is seen and heard here, into a file; everybody is told. */
  startRecording(): void {
    this.session?.startRecording();
  }

  stopRecording(): void {
    this.session?.stopRecording();
  }

  raiseHand(): void {
    this.session?.raiseHand();
  }

  lowerHand(): void {
    this.session?.lowerHand();
  }

  /** Mutes another participant's microphone; only they can unmute it. */
  muteParticipant(participantId: ParticipantId): void {
    this.session?.muteParticipant(participantId);
  }

  /** Turns another participant's camera off; only they can turn it on. */
  pauseParticipantVideo(participantId: ParticipantId): void {
    this.session?.pauseParticipantVideo(participantId);
  }

  /** Puts somebody's camera or screen in front, for this user only. */
  pinParticipant(participantId: ParticipantId, source: TileRef['source'] = 'camera'): void {
    this.session?.pin({ participantId, source });
  }

  unpinParticipant(): void {
    this.session?.pin(null);
  }

  /** Changes the layout. */
  setMode(mode: LayoutMode): void {
    this.mode = mode;
    this.session?.setMode(settingsOf(this).mode);
  }

  /** Opens (or, with `false`, closes) the list of participants. */
  showParticipantList(shown = true): void {
    this.session?.showParticipantList(shown);
  }

  /** Blurs what is behind the user: 1 (a little) to 99, or 0 for no background. */
  setBackgroundBlur(level: number): void {
    this.backgroundImage = '';
    this.backgroundBlur = level;
  }

  /** Shows an image behind the user: an address, a file, or what has an address; empty: no background. */
  setBackgroundImage(image: BackgroundImage): void {
    this.backgroundBlur = 0;
    this.backgroundImage = image;
  }

  /** Opens the choice of a background in the call. */
  openVirtualBackground(): void {
    this.session?.openVirtualBackground();
  }

  closeVirtualBackground(): void {
    this.session?.closeVirtualBackground();
  }

  /** Answers the idle warning: the call goes on. */
  stay(): void {
    this.session?.stay();
  }

  /** The microphones; empty before the call. */
  getAudioInputDevices(): readonly Device[] {
    return this.callState.local.devices.audioInputDevices;
  }

  /** The speakers; empty before the call, and where the browser does not tell them. */
  getAudioOutputDevices(): readonly Device[] {
    return this.callState.local.devices.audioOutputDevices;
  }

  /** The cameras; empty before the call. */
  getVideoInputDevices(): readonly Device[] {
    return this.callState.local.devices.videoInputDevices;
  }

  setAudioInputDevice(deviceId: string): void {
    this.session?.setAudioInputDevice(deviceId);
  }

  setAudioOutputDevice(deviceId: string): void {
    this.session?.setAudioOutputDevice(deviceId);
  }

  /** Sends the sound to the first speaker of a kind: SPEAKER, EARPIECE, BLUETOOTH or HEADPHONES. */
  setAudioMode(mode: string): void {
    this.session?.setAudioMode(mode);
  }

  setVideoInputDevice(deviceId: string): void {
    this.session?.setVideoInputDevice(deviceId);
  }

  /** A participant's live stream, for pages that draw their own interface. One's own in the lobby: the id is `''`. */
  streamOf(participantId: ParticipantId, source: TrackSource = 'camera'): MediaStream | null {
    return (this.callState.phase !== 'ended' && this.session?.exposeStream(participantId, source)) || null;
  }

  /** Shows the call in a window above all others. Needs a user gesture. */
  enterPictureInPicture(): void {
    if (!this.matches(':state(pip)')) this.togglePictureInPicture();
  }

  /** Brings the call back from its window. */
  exitPictureInPicture(): void {
    if (this.matches(':state(pip)')) this.togglePictureInPicture();
  }

  togglePictureInPicture(): void {
    this.session?.togglePictureInPicture();
  }
}

/** The settings that some methods write. */
export interface CallMethods extends SettingProperties {}
