import { timeouts } from './connection-health.js';

/** Decides what is done about a connection in which nothing arrives. Times are `performance.now()`. */
export class SilenceWatch {
  #silentSince: number | null = null;
  #hasRestarted = false;

  /** The step that is due: `verify` when a silence begins, then `restart` once, when it lasts. */
  step(isSilent: boolean, now: number): 'verify' | 'restart' | null {
    if (!isSilent) this.reset();
    else if (this.#silentSince === null) {
      this.#silentSince = now;
      return 'verify';
    } else if (!this.#hasRestarted && now - this.#silentSince >= timeouts.restartAfter) return 'restart';
    return null;
  }

  restarted(): void {
    this.#hasRestarted = true;
  }

  /** The request for a restart did not reach the peer. */
  restartFailed(): void {
    this.#hasRestarted = false;
  }

  reset(): void {
    this.#silentSince = null;
    this.#hasRestarted = false;
  }
}
