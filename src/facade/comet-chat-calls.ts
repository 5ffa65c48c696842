import type { BackgroundImage } from '../domain/background-image.js';
import type { CallEventListener } from '../domain/call-events.js';
import type { Device } from '../domain/devices.js';
import {
  appSettingsFault,
  CallAppSettings,
  CallAppSettingsBuilder,
  isCallAppSettings,
  type CallAppSettingsLike,
} from './call-app-settings.js';
import { OngoingCallListener } from './call-listeners.js';
import { CallSettings, layoutMode } from './call-settings.js';
import { CallSettingsBuilder } from './call-settings-builder.js';
import { requestCallToken, type GeneratedToken } from './calls-api.js';
import { calls } from './calls-state.js';
import { callsException } from './calls-exception.js';
import { AUDIO_MODE, CALL_MODE } from './constants.js';
import { MainVideoContainerSetting } from './main-video-container-setting.js';
import type { PlainAppSettings } from './v5/app-settings.js';
import { CallsV5, later } from './v5/calls-v5.js';
import type { InitResult } from './v5/init-result.js';

const { session } = calls;

/**
 * The CometChat Calls SDK (JavaScript, v4 and, from `CallsV5`, v5) over `<cometchat-call>` and your own server.
 * One session at a time; outside a session every control does nothing, silently.
 */
export class CometChatCalls extends CallsV5 {
  /** For `default.CometChatCalls` and the UMD bundle, whose global is this class. */
  static readonly CometChatCalls: typeof CometChatCalls = CometChatCalls;
  static readonly CALL_MODE = CALL_MODE;
  /** Another name of CALL_MODE. */
  static readonly MODE = CALL_MODE;
  static readonly AUDIO_MODE = AUDIO_MODE;
  static readonly OngoingCallListener = OngoingCallListener;
  static readonly CallSettingsBuilder = CallSettingsBuilder;
  static readonly CallSettings = CallSettings;
  static readonly CallAppSettingsBuilder = CallAppSettingsBuilder;
  static readonly CallAppSettings = CallAppSettings;
  static readonly MainVideoContainerSetting = MainVideoContainerSetting;

  /**
   * Says which server to use. With settings of a builder (v4) it rejects with INVALID_CALL_APP_SETTINGS and what is
   * wrong; with a plain object (v5) it always resolves, with `{ success, error }`.
   */
  static init(settings: PlainAppSettings): Promise<InitResult>;
  static init(settings: CallAppSettingsLike): Promise<void>;
  static async init(settings: CallAppSettingsLike | PlainAppSettings): Promise<InitResult | void> {
    if (!isCallAppSettings(settings) && typeof settings === 'object' && settings !== null)
      return later('init', settings);
    const fault = isCallAppSettings(settings)
      ? appSettingsFault(settings)
      : 'Pass the result of a CallAppSettingsBuilder’s build().';
    if (fault) throw callsException('INVALID_CALL_APP_SETTINGS', fault);
    calls.app = settings;
    void loadStart();
    await Promise.resolve();
  }

  /**
   * Gets a call token for the session from the server. Rejects with the server's `{code, message}`.
   * v5: without an auth token, that of the user who is signed in.
   */
  static async generateToken(sessionId: string, authToken?: string): Promise<GeneratedToken> {
    if (authToken === undefined) return later('generateToken', sessionId);
    const app = calls.app ?? (await later('app'));
    if (!app)
      throw callsException(
        'INVALID_CALL_APP_SETTINGS',
        'Call CometChatCalls.init() first, with settings from a CallAppSettingsBuilder.',
      );
    if (!isText(sessionId))
      throw callsException('INVALID_ARGUMENT_EXCEPTION', 'The session id must be a non-empty string.');
    if (!isText(authToken))
      throw callsException('INVALID_ARGUMENT_EXCEPTION', 'The auth token must be a non-empty string.');
    return requestCallToken(app, { sessionId, authToken });
  }

  /**
   * Shows the call in `container` and joins it. Resolves at once; what fails later is told to `onError`.
   * Rejects with INVALID_CALL_SETTINGS and what is wrong.
   */
  static async startSession(
    callToken: string | GeneratedToken,
    callSettings: CallSettings,
    container: HTMLElement,
  ): Promise<void> {
    const turn = session.claim();
    const { startOptions } = await loadStart();
    const options = startOptions({ callToken, callSettings, container, app: calls.app });
    if (!options || turn !== session.turn) return;
    session.start(options);
  }

  /** Leaves the call, lets go of camera, microphone and network, and empties the container. */
  static endSession(): void {
    session.end();
  }

  /** Hears what happens in this call and the next ones, before the listener of the call's settings. */
  static addCallEventListener(listenerId: string, listener: CallEventListener): void {
    session.listeners.add(listenerId, listener);
  }

  static removeCallEventListener(listenerId: string): void {
    session.listeners.remove(listenerId);
  }

  /** Mutes the microphone, or unmutes it with `false`. */
  static muteAudio(muteAudio = true): void {
    session.element?.muteAudio(muteAudio);
  }

  static unMuteAudio(): void {
    session.element?.muteAudio(false);
  }

  /** iOS: `muteAudio`. */
  static audioMuted(muted: boolean): void {
    session.element?.muteAudio(muted);
  }

  /** Turns the camera off, or on with `false`. */
  static pauseVideo(pauseVideo = true): void {
    session.element?.pauseVideo(pauseVideo);
  }

  static unPauseVideo(): void {
    session.element?.pauseVideo(false);
  }

  static resumeVideo(): void {
    session.element?.pauseVideo(false);
  }

  /** iOS: `pauseVideo`. */
  static videoPaused(paused: boolean): void {
    session.element?.pauseVideo(paused);
  }

  /** Changes between front and rear camera, or to the next camera. */
  static switchCamera(): void {
    session.element?.switchCamera();
  }

  /** Asks the others of a voice call to switch to video; when they agree, all get `onCallSwitchedToVideo`. */
  static switchToVideoCall(): void {
    session.element?.switchToVideoCall();
  }

  /** Lets the user choose what to share. Browsers want this to come from a click. */
  static startScreenShare(): void {
    session.element?.startScreenShare();
  }

  static stopScreenShare(): void {
    session.element?.stopScreenShare();
  }

  /** Records the call as it is seen and heard here. */
  static startRecording(): void {
    session.element?.startRecording();
  }

  static stopRecording(): void {
    session.element?.stopRecording();
  }

  /** Opens the choice of a background in the call. */
  static openVirtualBackground(): void {
    session.element?.openVirtualBackground();
  }

  static closeVirtualBackground(): void {
    session.element?.closeVirtualBackground();
  }

  /** Blurs what is behind the user: 1 (a little) to 99; 0 takes every background away. */
  static setBackgroundBlur(blurLevel: number): void {
    session.element?.setBackgroundBlur(blurLevel);
  }

  /** Shows an image behind the user: its address, a file, or an object with an address (`src` or `url`). */
  static setBackgroundImage(image: BackgroundImage): void {
    session.element?.setBackgroundImage(image);
  }

  /** Changes the layout: `DEFAULT`, `SPOTLIGHT`, `TILE`, `GRID` or `SINGLE`; anything else is ignored. */
  static setMode(mode: string): void {
    const layout = layoutMode(mode);
    if (layout) session.element?.setMode(layout);
  }

  /** iOS: sends the sound of the call to a kind of device. Takes `"SPEAKER"` or `{mode: "SPEAKER"}`. */
  static setAudioMode(mode: string | { readonly mode: string }): void {
    session.element?.setAudioMode(typeof mode === 'string' ? mode : mode.mode);
  }

  /** iOS: shows the call in a window above all others. */
  static enterPIPMode(): void {
    session.element?.enterPictureInPicture();
  }

  /** iOS: brings the call back from its window. */
  static exitPIPMode(): void {
    session.element?.exitPictureInPicture();
  }

  /** The microphones; empty before a session. */
  static getAudioInputDevices(): Device[] {
    return [...(session.element?.getAudioInputDevices() ?? [])];
  }

  /** The speakers; empty before a session. */
  static getAudioOutputDevices(): Device[] {
    return [...(session.element?.getAudioOutputDevices() ?? [])];
  }

  /** The cameras; empty before a session. */
  static getVideoInputDevices(): Device[] {
    return [...(session.element?.getVideoInputDevices() ?? [])];
  }

  /** An empty id is ignored; an unknown one is told to `onError`. */
  static setAudioInputDevice(deviceId: string): void {
    if (deviceId) session.element?.setAudioInputDevice(deviceId);
  }

  static setAudioOutputDevice(deviceId: string): void {
    if (deviceId) session.element?.setAudioOutputDevice(deviceId);
  }

  static setVideoInputDevice(deviceId: string): void {
    if (deviceId) session.element?.setVideoInputDevice(deviceId);
  }
}

/** Loaded at `init`, so that a start need not wait for it. */
function loadStart() {
  return import('./start-options.js');
}

/** A text with something in it. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
