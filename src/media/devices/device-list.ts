import { Emitter } from '../../base/emitter.js';
import { log } from '../../base/logger.js';
import { withTimeout } from '../../base/with-timeout.js';
import {
  noDevices,
  type Device,
  type DeviceLists,
  type MediaDeviceKind,
} from '../../domain/media/devices.js';
import { onDeviceChanges } from './device-changes.js';
import { hasMediaDevices } from './has-media-devices.js';

/** A driver that hangs must not keep a lost device from being replaced. */
const readTimeoutMs = 3000;

/** Events of the device list. */
export interface DeviceListEvents {
  /** The lists differ from those last emitted. */
  changed: DeviceLists;
}

/** The current microphones, speakers and cameras. */
export interface DeviceList {
  readonly events: Emitter<DeviceListEvents>;
  /** The known devices; empty until the user grants permission. */
  lists(): DeviceLists;
  /** Reads the devices again. Call it after permission was granted: devices have no labels before. */
  refresh(): Promise<void>;
  /** Marks the device in use; `null`: the system default, which not all browsers list. */
  setActive(kind: MediaDeviceKind, deviceId: string | null): void;
}

/** Watches the devices until `signal` is aborted. The lists stay empty where the browser provides no devices. */
export function createDeviceList({ signal }: { readonly signal: AbortSignal }): DeviceList {
  return new BrowserDeviceList(signal);
}

class BrowserDeviceList implements DeviceList {
  readonly events = new Emitter<DeviceListEvents>();
  readonly #signal: AbortSignal;
  readonly #active = new Map<MediaDeviceKind, string>();
  #devices: readonly MediaDeviceInfo[] = [];
  #published = JSON.stringify(noDevices);
  #reading: Promise<void> | undefined;
  #readAgain = false;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    if (!hasMediaDevices()) return;
    onDeviceChanges(() => void this.refresh(), { signal });
    void this.refresh();
  }

  lists(): DeviceLists {
    return {
      audioInputDevices: this.#ofKind('audioinput'),
      audioOutputDevices: this.#ofKind('audiooutput'),
      videoInputDevices: this.#ofKind('videoinput'),
    };
  }

  refresh(): Promise<void> {
    // A read in progress may have started before the caller's change.
    if (this.#reading) this.#readAgain = true;
    this.#reading ??= this.#read().finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  setActive(kind: MediaDeviceKind, deviceId: string | null): void {
    if (deviceId === null) this.#active.delete(kind);
    else this.#active.set(kind, deviceId);
    // Several kinds are set at the start of a call: emits one event for all.
    queueMicrotask(() => this.#publishChanges());
  }

  async #read(): Promise<void> {
    do {
      this.#readAgain = false;
      await this.#readOnce();
    } while (this.#readAgain && !this.#signal.aborted);
  }

  async #readOnce(): Promise<void> {
    if (this.#signal.aborted || !hasMediaDevices()) return;
    try {
      const devices = await withTimeout(navigator.mediaDevices.enumerateDevices(), readTimeoutMs);
      const before = this.#activeDevices();
      // Without permission, a device has neither id nor label and cannot be selected.
      this.#devices = devices.filter(({ label }) => label !== '');
      // Devices without a label mean that the user revoked the permission.
      const unnamed = new Set(devices.filter(({ label }) => label === '').map(({ kind }) => kind));
      for (const device of before)
        if (!unnamed.has(device.kind) && !this.#isPresent(device)) this.#active.delete(device.kind);
      this.#publishChanges();
    } catch (error) {
      log('devices').warn('The devices could not be listed.', error);
    }
  }

  #publishChanges(): void {
    const lists = this.lists();
    const text = JSON.stringify(lists);
    if (text === this.#published) return;
    this.#published = text;
    this.#emit('changed', lists);
  }

  #emit<Name extends keyof DeviceListEvents>(name: Name, detail: DeviceListEvents[Name]): void {
    if (!this.#signal.aborted) this.events.emit(name, detail);
  }

  #activeDevices(): readonly Device[] {
    return Object.values(this.lists())
      .flat()
      .filter(({ active }: Device) => active) as Device[];
  }

  #isPresent({ kind, deviceId }: Device): boolean {
    return this.#devices.some((other) => other.kind === kind && other.deviceId === deviceId);
  }

  #ofKind(wanted: MediaDeviceKind): readonly Device[] {
    // A listed system default is in use until the user selects another device.
    const active = this.#active.get(wanted) ?? 'default';
    return this.#devices
      .filter(({ kind }) => kind === wanted)
      .map(({ deviceId, kind, label, groupId }) => ({
        deviceId,
        kind,
        label,
        groupId,
        active: active === deviceId,
      }));
  }
}
