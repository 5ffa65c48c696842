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
  /** Removes the listener that was added under this id. */
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
  /** Leaves the session, releases camera, microphone and network, and empties the container. */
  leaveSession(): Promise<void>;
  /** Ends the session for all participants. */
  endSessionForAll(): void;
  /** Unmutes the microphone. Reports a `MEDIA_…` code if it cannot be opened. */
  unmuteAudio(): void;
  /** Mutes or unmutes the microphone. */
  toggleAudio(): void;
  /** Turns the camera off or on. */
  toggleVideo(): void;
  /** Raises the local participant’s hand. */
  raiseHand(): void;
  /** Lowers the local participant’s hand. */
  lowerHand(): void;
  /** Raises or lowers the local participant’s hand. */
  toggleHand(): void;
  /** Starts or stops the recording. */
  toggleRecording(): void;
  /** `TILE`, `SIDEBAR` or `SPOTLIGHT`; anything else is ignored. */
  setLayout(layout: Layout): void;
  /** Pins a participant's camera (`human`) or screen (`screen-share`), for this user only. Takes a pid or a uid. */
  pinParticipant(participantId: string, type?: 'human' | 'screen-share'): void;
  /** Removes the pin. */
  unpinParticipant(): void;
  /** Mutes another participant, named by pid or uid; only they can unmute themselves. */
  muteParticipant(participantId: string): void;
  /** Turns another participant's camera off; only they can turn it on. */
  pauseParticipantVideo(participantId: string): void;
  /** Opens the list of participants. */
  showParticipantList(): void;
  /** Closes the list of participants. */
  hideParticipantList(): void;
  /** Opens or closes the list of participants. */
  toggleParticipantList(): void;
  /** Asks the user what to share. Needs a user gesture. */
  startScreenSharing(): void;
  /** Stops sharing the screen. */
  stopScreenSharing(): void;
  /** Shows the call in a picture-in-picture window. Needs a user gesture. */
  enablePictureInPictureLayout(): void;
  /** Returns the call from its picture-in-picture window. */
  disablePictureInPictureLayout(): void;
  /** Opens the choice of a background. */
  showVirtualBackgroundDialog(): void;
  /** Closes the background dialog. */
  hideVirtualBackgroundDialog(): void;
  /** Removes the background. */
  clearVirtualBackground(): void;
  /** 1 (a little) to 99. */
  setVirtualBackgroundBlurLevel(level: number): void;
  /** Shows an image behind the user: a URL, a file, or an object with a URL. */
  setVirtualBackgroundImage(image: BackgroundImage): void;
  /** Does nothing: there is no chat button. */
  setChatButtonUnreadCount(count: number): void;
  /** There is no streaming: `onError` with UNSUPPORTED. */
  startStreaming(streamUrl?: string, streamKey?: string): void;
  /** Streaming is not supported: reports `UNSUPPORTED`. */
  stopStreaming(): void;
  /** There is no transcription: `onError` with UNSUPPORTED. */
  startTranscription(): void;
  /** Transcription is not supported: reports `UNSUPPORTED`. */
  stopTranscription(): void;
}

/** What the CometChat Calls SDK v5 adds to v4, over the same session. */
export interface V5Names extends LazyMethods {
  /** CometChat’s names of modes and types. */
  readonly constants: {
    readonly LAYOUT: { readonly [Name in Layout]: Name };
    readonly TYPE: { readonly VOICE: 'VOICE'; readonly VIDEO: 'VIDEO' };
    readonly SESSION_TYPE: V5Names['constants']['TYPE'];
    readonly CAMERA_FACING: { readonly FRONT: 'FRONT'; readonly REAR: 'REAR' };
  };
  /** Who is signed in, or `null`: known at once, also before `init` has ended. */
  getLoggedInUser(): CallsUser | null;
  /** The auth token of the logged-in user; `null` before a login. */
  getUserAuthToken(): string | null;
  /** Whether a user is logged in. */
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
