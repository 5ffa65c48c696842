import type { RingDevice } from '../../domain/ring/ring-facts.js';
import type { DeviceRegistry } from './device-registry.js';

/** Which devices are connected, to this node or to another one. */
export interface DevicePresence {
  /** A device connected to this node. Once this has resolved, other nodes know. */
  connected(device: RingDevice): Promise<void>;
  /** Its last connection to this node was closed. */
  disconnected(device: RingDevice): void;
  isConnected(device: RingDevice): Promise<boolean>;
  /** Whether the user has any connected device. */
  isOnline(uid: string): Promise<boolean>;
}

/** For a single node, whose registry has all devices. */
export class LocalPresence implements DevicePresence {
  constructor(private readonly devices: DeviceRegistry) {}

  connected(): Promise<void> {
    return Promise.resolve();
  }

  disconnected(): void {
    // The registry knows.
  }

  isConnected(device: RingDevice): Promise<boolean> {
    return Promise.resolve(this.devices.has(device));
  }

  isOnline(uid: string): Promise<boolean> {
    return Promise.resolve(this.devices.count(uid) > 0);
  }
}
