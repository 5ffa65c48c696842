import { deviceOfMode } from '../../domain/media/audio-modes.js';
import { asCallError, CallError } from '../../domain/call-error.js';
import type { DeviceLists } from '../../domain/media/devices.js';
import type { DeviceList } from '../../media/devices/device-list.js';
import { isSystemDefault } from '../media/local/media-choice.js';
import type { SessionPorts } from '../session-ports.js';

interface DeviceSelectionOptions {
  readonly devices: DeviceList;
  /** Switches to another microphone or camera. */
  readonly openInput: (source: 'microphone' | 'camera', deviceId: string) => void;
  readonly checkSpeaker: SessionPorts['checkSpeaker'];
  readonly onError: (error: CallError) => void;
}

/** Validates and applies the user's choice of microphone, camera and speaker. Failures go to `onError`. */
export class DeviceSelection {
  readonly #options: DeviceSelectionOptions;
  /** Counts speaker selections: a check that resolves after a newer selection is ignored. */
  #outputs = 0;

  constructor(options: DeviceSelectionOptions) {
    this.#options = options;
  }

  /** The speaker to use as soon as it is listed; empty: the system default. */
  setInitialOutput(outputId: string): void {
    if (outputId) this.#options.devices.setActive('audiooutput', outputId);
  }

  /** Selects a speaker by mode once speakers are listed: before microphone access they have no labels. */
  beginWithMode(mode: string | undefined, signal: AbortSignal): void {
    if (!mode) return;
    const { devices } = this.#options;
    const before = this.#outputs;
    const known = new AbortController();
    const apply = (): void => {
      if (devices.lists().audioOutputDevices.length === 0) return;
      known.abort();
      if (this.#outputs === before) this.selectOutputByMode(mode);
    };
    devices.events.on('changed', apply, { signal: AbortSignal.any([known.signal, signal]) });
    apply();
  }

  selectInput(source: 'microphone' | 'camera', deviceId: string): void {
    const list = source === 'camera' ? 'videoInputDevices' : 'audioInputDevices';
    if (this.#isKnown(list, deviceId)) this.#options.openInput(source, deviceId);
  }

  /**
   * Selects a speaker; on failure the current one stays. Errors: OUTPUT_SELECTION_UNSUPPORTED, DEVICE_NOT_FOUND,
   * OUTPUT_FAILED.
   */
  selectOutput(deviceId: string): void {
    const { checkSpeaker, devices, onError } = this.#options;
    if (!checkSpeaker) return onError(new CallError('OUTPUT_SELECTION_UNSUPPORTED'));
    if (!this.#isKnown('audioOutputDevices', deviceId)) return;
    const choice = ++this.#outputs;
    const isNewest = (): boolean => choice === this.#outputs;
    const id = isSystemDefault(deviceId) ? '' : deviceId;
    checkSpeaker(id).then(
      () => isNewest() && devices.setActive('audiooutput', id || null),
      (error: unknown) => isNewest() && onError(asCallError(error, 'OUTPUT_FAILED')),
    );
  }

  /** Selects the first speaker that matches an audio mode. Error: AUDIO_MODE_UNAVAILABLE. */
  selectOutputByMode(mode: string): void {
    const device = deviceOfMode(mode, this.#options.devices.lists().audioOutputDevices);
    if (device) this.selectOutput(device.deviceId);
    else this.#options.onError(new CallError('AUDIO_MODE_UNAVAILABLE', { details: { mode } }));
  }

  #isKnown(list: keyof DeviceLists, deviceId: string): boolean {
    const known =
      isSystemDefault(deviceId) ||
      this.#options.devices.lists()[list].some((device) => device.deviceId === deviceId);
    if (!known) this.#options.onError(new CallError('DEVICE_NOT_FOUND', { details: { deviceId } }));
    return known;
  }
}
