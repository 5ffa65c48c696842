import { deviceOfMode } from '../domain/audio-modes.js';
import { CallError } from '../domain/call-error.js';
import type { DeviceLists } from '../domain/devices.js';
import type { DeviceList } from '../media/device-list.js';

interface DeviceChoiceOptions {
  readonly devices: DeviceList;
  /** Takes another microphone or camera into use. */
  readonly use: (source: 'microphone' | 'camera', deviceId: string) => void;
  readonly fail: (error: CallError) => void;
}

/** Which of the devices the call uses, as the user chooses them. */
export class DeviceChoice {
  readonly #options: DeviceChoiceOptions;

  constructor(options: DeviceChoiceOptions) {
    this.#options = options;
  }

  /** The speaker to use as soon as it is known to be there; empty: the system's choice. */
  beginWith(outputId: string): void {
    if (outputId) this.#options.devices.setActive('audiooutput', outputId);
  }

  input(source: 'microphone' | 'camera', deviceId: string): void {
    const list = source === 'camera' ? 'videoInputDevices' : 'audioInputDevices';
    if (this.#has(list, deviceId)) this.#options.use(source, deviceId);
  }

  output(deviceId: string): void {
    if (!('setSinkId' in HTMLMediaElement.prototype))
      this.#options.fail(new CallError('OUTPUT_SELECTION_UNSUPPORTED'));
    else if (this.#has('audioOutputDevices', deviceId))
      this.#options.devices.setActive('audiooutput', deviceId);
  }

  /** The first speaker of a kind. */
  outputOfMode(mode: string): void {
    const device = deviceOfMode(mode, this.#options.devices.lists().audioOutputDevices);
    if (device) this.output(device.deviceId);
    else this.#options.fail(new CallError('AUDIO_MODE_UNAVAILABLE', { details: { mode } }));
  }

  #has(list: keyof DeviceLists, deviceId: string): boolean {
    const known = this.#options.devices.lists()[list].some((device) => device.deviceId === deviceId);
    if (!known) this.#options.fail(new CallError('DEVICE_NOT_FOUND', { details: { deviceId } }));
    return known;
  }
}
