import type { BackgroundImage } from '../../domain/media/background-image.js';
import type { Device } from '../../domain/media/devices.js';
import type { GeneratedToken } from '../session/calls-api.js';
import type { SettingsFile } from './account/app-settings.js';
import type { Layout } from './call-constants.js';
import type { CallsUser, LoginListener } from './account/calls-user.js';
import type { InitResult } from './account/init-result.js';
import type { JoinResult } from './session/join-session.js';
import type { SessionEventName, SessionListener } from './session/session-events.js';
import type { SessionSettings } from './session/session-settings.js';

/** The names of v5 whose work is done by code that is loaded when one of them is first used. */
export interface LazyMethods {
  /** `init` with the contents of `cometchat-settings.json`. */
  initFromSettings(settings: SettingsFile): Promise<InitResult>;
  /** Signs a user in by uid and the API key of the call server: while developing. */
  login(uid: string, authKey?: string): Promise<CallsUser>;
  /** Signs a user in with an auth token that your backend made. */
  loginWithAuthToken(authToken: string): Promise<CallsUser>;
  /** Signs the user out, and leaves the session they are in. */
  logout(): Promise<string>;
  /** Adds a listener for users who sign in and out. The same id replaces the listener. */
  addLoginListener(listenerId: string, listener: LoginListener): void;
  removeLoginListener(listenerId: string): void;
  /**
   * Shows the session in `container` and joins it. Resolves when it is joined, or with what is wrong; never rejects.
   * Takes the settings of v5, or those of a builder of v4.
   */
  joinSession(
    callToken: string | GeneratedToken,
    settings: SessionSettings | object | null | undefined,
    container: HTMLElement,
  ): Promise<JoinResult>;
  /** Leaves the session, lets go of camera, microphone and network, and empties the container. */
  leaveSession(): Promise<void>;
  /** Ends the session for all participants. */
  endSessionForAll(): void;
  unmuteAudio(): void;
  toggleAudio(): void;
  toggleVideo(): void;
  raiseHand(): void;
  lowerHand(): void;
  toggleHand(): void;
  toggleRecording(): void;
  /** `TILE`, `SIDEBAR` or `SPOTLIGHT`; anything else is ignored. */
  setLayout(layout: Layout): void;
  /** Pins a participant's camera (`human`) or screen (`screen-share`), for this user only. Takes a pid or a uid. */
  pinParticipant(participantId: string, type?: 'human' | 'screen-share'): void;
  unpinParticipant(): void;
  /** Mutes another participant, named by pid or uid; only they can unmute themselves. */
  muteParticipant(participantId: string): void;
  /** Turns another participant's camera off; only they can turn it on. */
  pauseParticipantVideo(participantId: string): void;
  showParticipantList(): void;
  hideParticipantList(): void;
  toggleParticipantList(): void;
  /** Asks the user what to share. Needs a user gesture. */
  startScreenSharing(): void;
  stopScreenSharing(): void;
  /** Shows the call in a picture-in-picture window. Needs a user gesture. */
  enablePictureInPictureLayout(): void;
  disablePictureInPictureLayout(): void;
  /** Opens the choice of a background. */
  showVirtualBackgroundDialog(): void;
  hideVirtualBackgroundDialog(): void;
  clearVirtualBackground(): void;
  /** 1 (a little) to 99. */
  setVirtualBackgroundBlurLevel(level: number): void;
  setVirtualBackgroundImage(image: BackgroundImage): void;
  /** Does nothing: there is no chat button. */
  setChatButtonUnreadCount(count: number): void;
  /** There is no streaming: `onError` with UNSUPPORTED. */
  startStreaming(streamUrl?: string, streamKey?: string): void;
  stopStreaming(): void;
  /** There is no transcription: `onError` with UNSUPPORTED. */
  startTranscription(): void;
  stopTranscription(): void;
}

/** What the CometChat Calls SDK v5 adds to v4, over the same session. */
export interface V5Names extends LazyMethods {
  readonly constants: {
    readonly LAYOUT: { readonly [Name in Layout]: Name };
    readonly TYPE: { readonly VOICE: 'VOICE'; readonly VIDEO: 'VIDEO' };
    readonly SESSION_TYPE: V5Names['constants']['TYPE'];
    readonly CAMERA_FACING: { readonly FRONT: 'FRONT'; readonly REAR: 'REAR' };
  };
  /** Who is signed in, or `null`: known at once, also before `init` has ended. */
  getLoggedInUser(): CallsUser | null;
  getUserAuthToken(): string | null;
  isUserLoggedIn(): boolean;
  /** Hears an event until the returned function is called, or the signal aborted. */
  addEventListener<Name extends SessionEventName>(
    eventName: Name,
    listener: SessionListener<Name>,
    options?: { readonly signal?: AbortSignal },
  ): () => void;
  /** The microphone in use. */
  getCurrentAudioInputDevice(): Device | undefined;
  /** The speaker in use. */
  getCurrentAudioOutputDevice(): Device | undefined;
  /** The camera in use. */
  getCurrentVideoInputDevice(): Device | undefined;
}
