import type { CallEventListener } from '../../domain/call/call-events.js';
import type { CallsEventsDelegate } from '../session/call-listeners.js';
import type { AudioMode } from '../../domain/media/audio-modes.js';
import type { AvatarMode } from '../../settings/setting-rows.js';
import { initialChoices, type CallSettings, type CallSettingsChoices } from './call-settings.js';
import type { MainVideoContainerSetting } from './main-video-container-setting.js';

/**
 * What the builders of a call's and a presentation's settings share. Every method returns the builder; `build()` may be called again
 * after changes. Below CometChat's JavaScript names are those of its iOS SDK.
 */
export abstract class SettingsBuilder {
  #choices: CallSettingsChoices = initialChoices;

  /** `false` hides the built-in controls: only the media is shown. Default `true`. */
  enableDefaultLayout(defaultLayout: boolean): this {
    return this.set({ enableDefaultLayout: defaultLayout });
  }

  /** `true` makes a voice call. Default `false`. */
  setIsAudioOnlyCall(isAudioOnly: boolean): this {
    return this.set({ audioOnly: isAudioOnly });
  }

  /** Whether the button that ends the call shows. Default `true`. */
  showEndCallButton(show: boolean): this {
    return this.set({ showEndCallButton: show });
  }

  /** Whether the button that mutes the microphone shows. Default `true`. */
  showMuteAudioButton(show: boolean): this {
    return this.set({ showMuteAudioButton: show });
  }

  /** Whether the button that turns the camera off shows. Default `true`. */
  showPauseVideoButton(show: boolean): this {
    return this.set({ showPauseVideoButton: show });
  }

  /** Whether the button that shares the screen shows. Default `true`. */
  showScreenShareButton(show: boolean): this {
    return this.set({ showScreenShareButton: show });
  }

  /** Whether the button that changes the layout shows. Default `true`. */
  showModeButton(show: boolean): this {
    return this.set({ showModeButton: show });
  }

  /** Whether, in a voice call, the button that asks for video shows. Default `true`. */
  showSwitchToVideoCallButton(show: boolean): this {
    return this.set({ showSwitchToVideoCallButton: show });
  }

  /** Whether the recording button shows. Default `false`. */
  showRecordingButton(show: boolean): this {
    return this.set({ showRecordingButton: show });
  }

  /** `true` records from the start of the call. Default `false`. */
  startRecordingOnCallStart(start: boolean): this {
    return this.set({ startRecordingOnCallStart: start });
  }

  /** `true` joins with the microphone muted. Default `false`. */
  startWithAudioMuted(audioMuted: boolean): this {
    return this.set({ startWithAudioMuted: audioMuted });
  }

  /** `true` joins with the camera off. Default `false`. */
  startWithVideoMuted(videoMuted: boolean): this {
    return this.set({ startWithVideoMuted: videoMuted });
  }

  /** Seconds alone in the call before it is ended, at least 120. Default 180. */
  setIdleTimeoutPeriod(idleTimeoutPeriod: number): this {
    return this.set({ idleTimeoutPeriod });
  }

  /** The appearance of the main video and its labels. */
  setMainVideoContainerSetting(setting: MainVideoContainerSetting): this {
    return this.set({ mainVideoContainerSetting: setting });
  }

  /** Whether the choice of a background shows. Default `true`. */
  showVirtualBackgroundSetting(show: boolean): this {
    return this.set({ showVirtualBackgroundSetting: show });
  }

  /** What backgrounds there are, and whether one is enforced (an object of the Chat SDK's VirtualBackground class). */
  setVirtualBackground(virtualBackground: object): this {
    return this.set({ virtualBackground });
  }

  /** Words of the interface, by CometChat's keys, in place of the built-in ones. */
  setLocalizedStringObject(localizedStringObject: object): this {
    return this.set({ localizedStringObject });
  }

  /** Kept for CometChat's sake: nothing is measured. */
  setAnalyticsSettings(analyticsSettings: object): this {
    return this.set({ analyticsSettings });
  }

  /** Hears what happens in the call, after the listeners added by `addCallEventListener`. */
  setCallListener(callListener: CallEventListener): this {
    return this.set({ callListener });
  }

  /** iOS: `enableDefaultLayout`. */
  setDefaultLayout(defaultLayout: boolean): this {
    return this.enableDefaultLayout(defaultLayout);
  }

  /** iOS: `setIsAudioOnlyCall`. */
  setIsAudioOnly(isAudioOnly: boolean): this {
    return this.setIsAudioOnlyCall(isAudioOnly);
  }

  /** iOS: shows only one participant. */
  setIsSingleMode(singleMode: boolean): this {
    return this.set({ singleMode });
  }

  /** iOS: `showSwitchToVideoCallButton`. */
  setShowSwitchToVideoCall(show: boolean): this {
    return this.showSwitchToVideoCallButton(show);
  }

  /** iOS: whether a click on a tile pins it. Default `true`. */
  setEnableVideoTileClick(enable: boolean): this {
    return this.set({ enableVideoTileClick: enable });
  }

  /** iOS: whether the small tile of the spotlight layout can be dragged. Default `true`. */
  setEnableDraggableVideoTile(enable: boolean): this {
    return this.set({ enableDraggableVideoTile: enable });
  }

  /** iOS: `true` hides the button that ends the call. */
  setEndCallButtonDisable(disable: boolean): this {
    return this.showEndCallButton(!disable);
  }

  /** iOS: `showRecordingButton`. */
  setShowRecordingButton(show: boolean): this {
    return this.showRecordingButton(show);
  }

  /** iOS: `true` hides the button that changes the camera. */
  setSwitchCameraButtonDisable(disable: boolean): this {
    return this.set({ showSwitchCameraButton: !disable });
  }

  /** iOS: `true` hides the button that mutes the microphone. */
  setMuteAudioButtonDisable(disable: boolean): this {
    return this.showMuteAudioButton(!disable);
  }

  /** iOS: `true` hides the button that turns the camera off. */
  setPauseVideoButtonDisable(disable: boolean): this {
    return this.showPauseVideoButton(!disable);
  }

  /** iOS: `true` hides the button that chooses the audio output. */
  setAudioModeButtonDisable(disable: boolean): this {
    return this.set({ showAudioModeButton: !disable });
  }

  /** iOS: `startWithAudioMuted`. */
  setStartAudioMuted(audioMuted: boolean): this {
    return this.startWithAudioMuted(audioMuted);
  }

  /** iOS: `startWithVideoMuted`. */
  setStartVideoMuted(videoMuted: boolean): this {
    return this.startWithVideoMuted(videoMuted);
  }

  /** iOS: how a participant without a picture is drawn: `circle`, `square` or `fullscreen`. */
  setAvatarMode(avatarMode: AvatarMode): this {
    return this.set({ avatarMode });
  }

  /** iOS: the initial audio output: `SPEAKER`, `EARPIECE`, `BLUETOOTH` or `HEADPHONES`. */
  setDefaultAudioMode(defaultAudioMode: AudioMode | { readonly mode: AudioMode }): this {
    const mode = (defaultAudioMode as { mode?: AudioMode } | null)?.mode ?? (defaultAudioMode as AudioMode);
    return this.set({ defaultAudioMode: mode });
  }

  /** iOS: `setCallListener`; knows `onUserListChanged` and `onRecordingToggled`, too. */
  setDelegate(delegate: CallsEventsDelegate): this {
    return this.setCallListener(delegate);
  }

  /** The settings as they are now; later changes of the builder do not touch them. */
  abstract build(): CallSettings;

  /** What was chosen so far. */
  protected get choices(): CallSettingsChoices {
    return this.#choices;
  }

  protected set(changes: Partial<CallSettingsChoices>): this {
    this.#choices = { ...this.#choices, ...changes };
    return this;
  }
}
