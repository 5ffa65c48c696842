import { CallError, type CallErrorCode } from '../../domain/call-error.js';
import type { CallFact } from '../../domain/call/call-facts.js';
import { deviceKinds } from '../../domain/media/devices.js';
import type { DeviceList } from '../../media/devices/device-list.js';
import type { MediaChoice } from './local/media-choice.js';

export type Source = 'microphone' | 'camera';

export interface SourceReportsOptions {
  readonly devices: DeviceList;
  readonly dispatch: (fact: CallFact) => void;
  /** The source was turned on or off. */
  readonly onSettled: (source: Source, on: boolean) => void;
  readonly signal: AbortSignal;
}

/** Reports the state of the microphone or camera: facts to the session, the active device to the device list. */
export class SourceReports {
  readonly #source: Source;
  readonly #options: SourceReportsOptions;
  #isInterrupted = false;

  constructor(source: Source, options: SourceReportsOptions) {
    this.#source = source;
    this.#options = options;
  }

  /** The user, or a setting, turned the source on or off. */
  wanted(on: boolean): void {
    this.#options.dispatch({ type: 'media-wanted', source: this.#source, on });
  }

  settled(on: boolean, error?: CallError, failure = error?.code): void {
    const { dispatch, onSettled, signal } = this.#options;
    if (signal.aborted) return;
    this.#isInterrupted = false;
    dispatch({ type: 'media-settled', source: this.#source, on, ...(failure && { failure }) });
    this.raise(error);
    onSettled(this.#source, on);
  }

  /** The system mutes the track: it counts as off, but wanted. */
  interrupted(): void {
    const { dispatch, onSettled } = this.#options;
    const error = this.error('MEDIA_INTERRUPTED');
    dispatch({ type: 'media-settled', source: this.#source, on: false, wanted: true, failure: error.code });
    if (!this.#isInterrupted) this.raise(error);
    this.#isInterrupted = true;
    onSettled(this.#source, false);
  }

  raise(error: CallError | undefined): void {
    if (error) this.#options.dispatch({ type: 'failed', error });
  }

  error(code: CallErrorCode): CallError {
    return new CallError(code, { details: { source: this.#source } });
  }

  /** Marks the device of the track as active. */
  active(track: MediaStreamTrack | undefined): void {
    const { deviceId, facingMode } = track?.getSettings() ?? {};
    const { devices, dispatch } = this.#options;
    if (deviceId !== undefined) devices.setActive(deviceKinds[this.#source], deviceId);
    if (this.#source === 'camera')
      dispatch({
        type: 'facing-changed',
        facingMode: facingMode === 'environment' ? 'environment' : 'user',
      });
  }

  /** Marks the chosen device as active while there is no track. */
  chosen({ deviceId }: MediaChoice): void {
    this.#options.devices.setActive(deviceKinds[this.#source], deviceId ?? null);
  }
}
