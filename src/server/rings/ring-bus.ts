import type { RingDevice, RingMessage } from '../../domain/ring/ring-facts.js';

/** How nodes tell each other of calls, and know of each other's devices. */
export interface RingBus {
  /** Brings the messages to every node, this one included. */
  publish(messages: readonly RingMessage[]): void;
  subscribe(handle: (messages: readonly RingMessage[]) => void): void;
  /** A device came to this node, or left it. */
  setPresence(device: RingDevice, connected: boolean): void;
  isConnected(device: RingDevice): Promise<boolean>;
}
