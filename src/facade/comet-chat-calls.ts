import type { BackgroundImage } from '../domain/media/background-image.js';
import type { CallEventListener } from '../domain/call/call-events.js';
import type { Device } from '../domain/media/devices.js';
import type { CometChatCall } from '../element/cometchat-call.js';
import {
  CallAppSettings,
  CallAppSettingsBuilder,
  isCallAppSettings,
  type CallAppSettingsLike,
} from './settings/call-app-settings.js';
import { CallSettings } from './settings/call-settings.js';
import { CallSettingsBuilder } from './settings/call-settings-builder.js';
import type { CallListeners } from './session/call-listeners.js';
import type { GeneratedToken } from './session/calls-api.js';
import { calls } from './session/calls-state.js';
import { AUDIO_MODE, CALL_MODE } from './constants.js';
import { CallGroup, CallLog, CallUser, Participant, Recording } from './history/call-log.js';
import { callDetails, CallLogRequestBuilder } from './history/call-log-request.js';
import { loadCalls } from './session/load-calls.js';
import { MainVideoContainerSetting } from './settings/main-video-container-setting.js';
import { PresenterSettings, PresenterSettingsBuilder } from './settings/presenter-settings.js';
import { callsException } from './session/calls-exception.js';
import { OngoingCallListener } from './session/ongoing-call-listener.js';
import type { PlainAppSettings } from './v5/account/app-settings.js';
import { CallsV5, callRuntime } from './v5/calls-v5.js';
import type { InitResult } from './v5/account/init-result.js';

/** The element of the session, while there is one. */
const element = (): CometChatCall | undefined => calls.session?.element;

/**
 * The CometChat Calls SDK (JavaScript, v4 and, from `CallsV5`, v5) over `<cometchat-call>` and your own server.
 * One session at a time; outside a session every control does nothing, silently.
 */
export class CometChatCalls extends CallsV5 {
  /** For `default.CometChatCalls` and the UMD bundle, whose global is this class. */
  static readonly CometChatCalls: typeof CometChatCalls = CometChatCalls;
  /** Values for `setMode`. */
  static readonly CALL_MODE = CALL_MODE;
  /** Another name of CALL_MODE. */
  static readonly MODE = CALL_MODE;
  /** Values for `setAudioMode`. */
  static readonly AUDIO_MODE = AUDIO_MODE;
  /** Listens to a call. */
  static readonly OngoingCallListener = OngoingCallListener;
  /** Builds the settings of a call. */
  static readonly CallSettingsBuilder = CallSettingsBuilder;
  /** The class of a call’s settings. */
  static readonly CallSettings = CallSettings;
  /** Builds the settings of `init`. */
  static readonly CallAppSettingsBuilder = CallAppSettingsBuilder;
  /** The class of `init`’s settings. */
  static readonly CallAppSettings = CallAppSettings;
  /** Settings of the tile in front. */
  static readonly MainVideoContainerSetting = MainVideoContainerSetting;
  /** Builds the settings of a presentation. */
  static readonly PresenterSettingsBuilder = PresenterSettingsBuilder;
  /** The class of a presentation’s settings. */
  static readonly PresenterSettings = PresenterSettings;
  /** Builds a request for the call history. */
  static readonly CallLogRequestBuilder = CallLogRequestBuilder;
  /** One call of the call history. */
  static readonly CallLog = CallLog;
  /** A user in the call history. */
  static readonly CallUser = CallUser;
  /** A group in the call history. */
  static readonly CallGroup = CallGroup;
  /** A participant in the call history. */
  static readonly Participant = Participant;
  /** A recording in the call history. */
  static readonly Recording = Recording;

  /**
   * Says which server to use. With settings of a builder (v4) it rejects with INVALID_CALL_APP_SETTINGS and what is
   * wrong; with a plain object (v5) it always resolves, with `{ success, error }`.
   */
  static init(settings: PlainAppSettings): Promise<InitResult>;
  static init(settings: CallAppSettingsLike): Promise<void>;
  static async init(settings: CallAppSettingsLike | PlainAppSettings): Promise<InitResult | void> {
    if (!isCallAppSettings(settings) && typeof settings === 'object' && settings !== null)
      return callRuntime('init', settings);
    const runtime = await loadCalls();
    runtime.init(settings);
  }

  /**
   * Gets a call token for the session from the server. Rejects with the server's `{code, message}`.
   * v5: the auth token defaults to that of the signed-in user.
   */
  static async generateToken(sessionId: string, authToken?: string): Promise<GeneratedToken> {
    if (authToken === undefined) return callRuntime('generateToken', sessionId);
    const runtime = await loadCalls();
    return runtime.generateToken(calls.app ?? (await callRuntime('app')), { sessionId, authToken });
  }

  /**
   * Shows the call in `container` and joins it. Resolves at once; later failures are reported to `onError`.
   * Rejects with INVALID_CALL_SETTINGS and what is wrong.
   */
  static async startSession(
    callToken: string | GeneratedToken,
    callSettings: CallSettings,
    container: HTMLElement,
  ): Promise<void> {
    const generation = ++calls.generation;
    const runtime = await loadCalls();
    runtime.startSession({ callToken, callSettings, container, generation });
  }

  /**
   * Shows a presentation in `container` and joins it: a presenter as in a call, a viewer without camera and microphone.
   * Like `startSession`; rejects with INVALID_PRESENTER_SETTINGS.
   */
  static async joinPresentation(
    callToken: string | GeneratedToken,
    presenterSettings: PresenterSettings,
    container: HTMLElement,
  ): Promise<void> {
    if (typeof presenterSettings?.getIsPresenter !== 'function')
      throw callsException(
        'INVALID_PRESENTER_SETTINGS',
        'The settings must come from PresenterSettingsBuilder.build().',
      );
    return CometChatCalls.startSession(callToken, presenterSettings, container);
  }

  /** The calls of a session in the history, the newest first. Rejects with the server's `{code, message}`. */
  static getCallDetails(sessionId: string, authToken: string): Promise<CallLog[]> {
    return callDetails(sessionId, authToken);
  }

  /** Leaves the call, releases camera, microphone and network, and empties the container. */
  static endSession(): void {
    calls.generation += 1;
    calls.session?.end();
  }

  /** Hears what happens in this call and the next ones, before the listener of the call's settings. */
  static addCallEventListener(listenerId: string, listener: CallEventListener): void {
    listeners((added) => added.add(listenerId, listener));
  }

  /** Removes the listener that was added under this id. */
  static removeCallEventListener(listenerId: string): void {
    listeners((added) => added.remove(listenerId));
  }

  /** Mutes the microphone, or unmutes it with `false`. */
  static muteAudio(muteAudio = true): void {
    element()?.muteAudio(muteAudio);
  }

  /** Unmutes the microphone. Reports a `MEDIA_…` code if it cannot be opened. */
  static unMuteAudio(): void {
    element()?.muteAudio(false);
  }

  /** iOS: `muteAudio`. */
  static audioMuted(muted: boolean): void {
    element()?.muteAudio(muted);
  }

  /** Turns the camera off, or on with `false`. */
  static pauseVideo(pauseVideo = true): void {
    element()?.pauseVideo(pauseVideo);
  }

  /** Turns the camera on. Reports a `MEDIA_…` code if it cannot be opened. */
  static unPauseVideo(): void {
    element()?.pauseVideo(false);
  }

  /** Turns the camera on. */
  static resumeVideo(): void {
    element()?.pauseVideo(false);
  }

  /** iOS: `pauseVideo`. */
  static videoPaused(paused: boolean): void {
    element()?.pauseVideo(paused);
  }

  /** Changes between front and rear camera, or to the next camera. */
  static switchCamera(): void {
    element()?.switchCamera();
  }

  /** Asks the others of a voice call to switch to video; when they agree, all get `onCallSwitchedToVideo`. */
  static switchToVideoCall(): void {
    element()?.switchToVideoCall();
  }

  /** Asks the user what to share. Needs a user gesture. */
  static startScreenShare(): void {
    element()?.startScreenShare();
  }

  /** Stops sharing the screen. */
  static stopScreenShare(): void {
    element()?.stopScreenShare();
  }

  /** Records the call as it is seen and heard here. */
  static startRecording(): void {
    element()?.startRecording();
  }

  /** Stops the recording and completes its file. */
  static stopRecording(): void {
    element()?.stopRecording();
  }

  /** Opens the choice of a background in the call. */
  static openVirtualBackground(): void {
    element()?.openVirtualBackground();
  }

  /** Closes the background dialog. */
  static closeVirtualBackground(): void {
    element()?.closeVirtualBackground();
  }

  /** Blurs what is behind the user: 1 (a little) to 99; 0 takes every background away. */
  static setBackgroundBlur(blurLevel: number): void {
    element()?.setBackgroundBlur(blurLevel);
  }

  /** Shows an image behind the user: its address, a file, or an object with an address (`src` or `url`). */
  static setBackgroundImage(image: BackgroundImage): void {
    element()?.setBackgroundImage(image);
  }

  /** Changes the layout: `DEFAULT`, `SPOTLIGHT`, `TILE`, `GRID` or `SINGLE`; anything else is ignored. */
  static setMode(mode: string): void {
    calls.session?.setMode(mode);
  }

  /** iOS: plays the call on a kind of device. Takes `"SPEAKER"` or `{mode: "SPEAKER"}`. */
  static setAudioMode(mode: string | { readonly mode: string }): void {
    element()?.setAudioMode(typeof mode === 'string' ? mode : mode.mode);
  }

  /** iOS: shows the call in a window above all others. */
  static enterPIPMode(): void {
    element()?.enterPictureInPicture();
  }

  /** iOS: brings the call back from its window. */
  static exitPIPMode(): void {
    element()?.exitPictureInPicture();
  }

  /** The microphones; empty before a session. */
  static getAudioInputDevices(): Device[] {
    return [...(element()?.getAudioInputDevices() ?? [])];
  }

  /** The speakers; empty before a session. */
  static getAudioOutputDevices(): Device[] {
    return [...(element()?.getAudioOutputDevices() ?? [])];
  }

  /** The cameras; empty before a session. */
  static getVideoInputDevices(): Device[] {
    return [...(element()?.getVideoInputDevices() ?? [])];
  }

  /** An empty id is ignored; an unknown one is reported to `onError`. */
  static setAudioInputDevice(deviceId: string): void {
    if (deviceId) element()?.setAudioInputDevice(deviceId);
  }

  /** Plays the call on another speaker. Reports `DEVICE_NOT_FOUND` or an `OUTPUT_…` code. */
  static setAudioOutputDevice(deviceId: string): void {
    if (deviceId) element()?.setAudioOutputDevice(deviceId);
  }

  /** Uses another camera. Reports `DEVICE_NOT_FOUND` or a `MEDIA_…` code. */
  static setVideoInputDevice(deviceId: string): void {
    if (deviceId) element()?.setVideoInputDevice(deviceId);
  }
}

/** Changes the listeners: at once, or as soon as the runtime is loaded. */
function listeners(change: (added: CallListeners) => void): void {
  if (calls.session) change(calls.session.listeners);
  // `init` reports what cannot be loaded.
  else
    loadCalls().then(
      ({ session }) => change(session.listeners),
      () => undefined,
    );
}
