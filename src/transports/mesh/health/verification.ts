import { timeouts } from './connection-health.js';
import type { LivenessMonitor } from './liveness-monitor.js';

/** Requires a connection to prove that it is alive, and sends pings until it has, or its time is over. */
export class Verification {
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `readStats` sends a ping. */
  start(liveness: LivenessMonitor, readStats: () => Promise<void>): void {
    this.stop();
    liveness.requireProof();
    const ping = (): void => {
      const wasOnTrial = liveness.isOnTrial;
      void readStats();
      if (wasOnTrial) this.#timer = setTimeout(ping, timeouts.ping);
    };
    ping();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
