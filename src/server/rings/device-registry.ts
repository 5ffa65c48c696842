import type { RingUser } from '../../domain/ring/ring-call.js';
import type { RingDevice, RingMessage } from '../../domain/ring/ring-facts.js';
import { viewOf } from '../../domain/ring/ring-view.js';
import type { RingServerMessage } from '../../protocol/ring-messages.js';
import type { Connection } from '../connections/connection.js';

/** A device that has said hello. */
export interface ConnectedDevice {
  readonly connection: Connection;
  readonly device: RingDevice;
  readonly user: RingUser;
  /** What the token says that the user may do. */
  readonly role: string | undefined;
}

/** The devices of this node, and the way to tell them of calls. */
export class DeviceRegistry {
  readonly #devices = new Map<string, ConnectedDevice>();
  readonly #byUser = new Map<string, Set<ConnectedDevice>>();

  get(connectionId: string): ConnectedDevice | undefined {
    return this.#devices.get(connectionId);
  }

  /** Whom the uid belongs to, if a device of theirs is here. */
  userOf(uid: string): RingUser {
    const [entry] = this.#byUser.get(uid) ?? [];
    return entry?.user ?? { uid, name: uid, avatar: '' };
  }

  has({ uid, deviceId }: RingDevice): boolean {
    return [...(this.#byUser.get(uid) ?? [])].some(({ device }) => device.deviceId === deviceId);
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

  /** Tells every device of the user; returns whether there is one here. */
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
