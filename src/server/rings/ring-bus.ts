import type { RingDevice, RingMessage } from '../../domain/ring/ring-facts.js';

/** Distributes ring messages and device presence between nodes. */
export interface RingBus {
  /** Delivers the messages to every node, including this one. */
  publish(messages: readonly RingMessage[]): void;
  subscribe(handle: (messages: readonly RingMessage[]) => void): void;
  /** A device connected to this node, or disconnected from it. */
  setPresence(device: RingDevice, connected: boolean): void;
  isConnected(device: RingDevice): Promise<boolean>;
}
