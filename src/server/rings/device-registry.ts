import type { RingUser } from '../../domain/ring/ring-call.js';
import type { RingDevice, RingMessage } from '../../domain/ring/ring-facts.js';
import { viewOf } from '../../domain/ring/ring-view.js';
import type { RingServerMessage } from '../../protocol/ring-messages.js';
import type { Connection } from '../connections/connection.js';

/** A device whose `hello` was accepted. */
export interface ConnectedDevice {
  readonly connection: Connection;
  readonly device: RingDevice;
  readonly user: RingUser;
  /** The `role` in the user's token. */
  readonly role: string | undefined;
}

/** The connected devices of this node. Notifies them of ring calls. */
export class DeviceRegistry {
  readonly #devices = new Map<string, ConnectedDevice>();
  readonly #byUser = new Map<string, Set<ConnectedDevice>>();

  get(connectionId: string): ConnectedDevice | undefined {
    return this.#devices.get(connectionId);
  }

  /** The user with this uid, as named by a connected device; otherwise the uid serves as name. */
  userOf(uid: string): RingUser {
    const [entry] = this.#byUser.get(uid) ?? [];
    return entry?.user ?? { uid, name: uid, avatar: '' };
  }

  has({ uid, deviceId }: RingDevice): boolean {
    return [...(this.#byUser.get(uid) ?? [])].some(({ device }) => device.deviceId === deviceId);
  }

  /** The connected devices, and their users. */
  all(): readonly RingDevice[] {
    return [...this.#devices.values()].map(({ device }) => device);
  }

  users(): readonly string[] {
    return [...this.#byUser.keys()];
  }

  count(uid: string): number {
    return this.#byUser.get(uid)?.size ?? 0;
  }

  add(entry: ConnectedDevice): void {
    this.#devices.set(entry.connection.id, entry);
    const { uid } = entry.device;
    this.#byUser.set(uid, (this.#byUser.get(uid) ?? new Set()).add(entry));
  }

  remove(connectionId: string): ConnectedDevice | undefined {
    const entry = this.#devices.get(connectionId);
    if (!entry) return undefined;
    this.#devices.delete(connectionId);
    const entries = this.#byUser.get(entry.device.uid);
    entries?.delete(entry);
    if (entries?.size === 0) this.#byUser.delete(entry.device.uid);
    return entry;
  }

  /** Sends the call to all of the user's devices. Returns whether this node has one. */
  notify({ to, call }: RingMessage, now: number): boolean {
    const entries = this.#byUser.get(to);
    const view = entries && viewOf(call, to, now);
    if (!view) return false;
    const message: RingServerMessage = { type: 'call', call: view };
    const text = JSON.stringify(message);
    for (const { connection } of entries) connection.send(text);
    return true;
  }
}
