import { Emitter } from '../../base/emitter.js';
import { log } from '../../base/logger.js';
import {
  noDevices,
  type Device,
  type DeviceLists,
  type MediaDeviceKind,
} from '../../domain/media/devices.js';
import { hasMediaDevices } from './has-media-devices.js';

/** What happens to the devices of this machine. */
export interface DeviceListEvents {
  /** The lists differ from what was told last. */
  changed: DeviceLists;
  /** A device that the call was using is gone. */
  vanished: Device;
}

/** The microphones, speakers and cameras of this machine, kept up to date. */
export interface DeviceList {
  readonly events: Emitter<DeviceListEvents>;
  /** The devices as known now; empty until the user has given permission. */
  lists(): DeviceLists;
  /** Reads the devices anew. Call it once permission was given: only then do they have names. */
  refresh(): Promise<void>;
  /** Marks the device that the call uses; `null`: the system's default, which not every browser lists. */
  setActive(kind: MediaDeviceKind, deviceId: string | null): void;
}

/** ms of quiet after a change (a headset announces itself several times), and the longest wait while it never gets quiet. */
const debounce = { quiet: 500, longest: 2000 };

/** Watches the devices until `signal` is aborted. Where there are none to be had, the lists stay empty. */
export function createDeviceList({ signal }: { readonly signal: AbortSignal }): DeviceList {
  return new BrowserDeviceList(signal);
}

class BrowserDeviceList implements DeviceList {
  readonly events = new Emitter<DeviceListEvents>();
  readonly #signal: AbortSignal;
  readonly #active = new Map<MediaDeviceKind, string>();
  #devices: readonly MediaDeviceInfo[] = [];
  #published = JSON.stringify(noDevices);
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the first change came that was not read yet. */
  #changedAt: number | undefined;
  #reading: Promise<void> | undefined;
  #readAgain = false;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', () => clearTimeout(this.#timer), { once: true });
    if (!hasMediaDevices()) return;
    navigator.mediaDevices.addEventListener('devicechange', () => this.#readSoon(), { signal });
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
    // A reading under way may have begun before what the caller knows.
    if (this.#reading) this.#readAgain = true;
    this.#reading ??= this.#read().finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  setActive(kind: MediaDeviceKind, deviceId: string | null): void {
    if (deviceId === null) this.#active.delete(kind);
    else this.#active.set(kind, deviceId);
    // At the start of a call several are set at once: they are told together.
    queueMicrotask(() => this.#publishChanges());
  }

  #readSoon(): void {
    clearTimeout(this.#timer);
    this.#changedAt ??= performance.now();
    const left = debounce.longest - (performance.now() - this.#changedAt);
    this.#timer = setTimeout(
      () => {
        this.#changedAt = undefined;
        void this.refresh();
      },
      Math.max(0, Math.min(debounce.quiet, left)),
    );
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
      const devices = await navigator.mediaDevices.enumerateDevices();
      const before = this.#activeDevices();
      // Without permission neither id nor name is known: such a device cannot be chosen.
      this.#devices = devices.filter(({ label }) => label !== '');
      // A device without a name may be any: the user has taken the permission back.
      const unnamed = new Set(devices.filter(({ label }) => label === '').map(({ kind }) => kind));
      const vanished = before.filter((device) => !unnamed.has(device.kind) && !this.#isPresent(device));
      for (const { kind } of vanished) this.#active.delete(kind);
      this.#publishChanges();
      for (const device of vanished) this.#emit('vanished', device);
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
    // Where the browser lists the system's default as a device, it is the one in use until another is chosen.
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
