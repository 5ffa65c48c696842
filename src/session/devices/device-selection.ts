import { deviceOfMode } from '../../domain/media/audio-modes.js';
import { asCallError, CallError } from '../../domain/call-error.js';
import type { DeviceLists } from '../../domain/media/devices.js';
import type { DeviceList } from '../../media/devices/device-list.js';
import { isSystemDefault } from '../media/media-choice.js';
import type { SessionPorts } from '../session-ports.js';

interface DeviceSelectionOptions {
  readonly devices: DeviceList;
  /** Takes another microphone or camera into use. */
  readonly openInput: (source: 'microphone' | 'camera', deviceId: string) => void;
  readonly checkSpeaker: SessionPorts['checkSpeaker'];
  readonly onError: (error: CallError) => void;
}

/** Which of the devices the call uses, as the user chooses them. */
export class DeviceSelection {
  readonly #options: DeviceSelectionOptions;
  /** Counts the choices of a speaker: only the newest counts. */
  #outputs = 0;

  constructor(options: DeviceSelectionOptions) {
    this.#options = options;
  }

  /** The speaker to use as soon as it is known to be there; empty: the system's choice. */
  setInitialOutput(outputId: string): void {
    if (outputId) this.#options.devices.setActive('audiooutput', outputId);
  }

  /** The kind of speaker to use as soon as speakers are known: before microphone access they have no names. */
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

  /** One that cannot be used changes nothing. */
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

  /** The first speaker of a kind. */
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
