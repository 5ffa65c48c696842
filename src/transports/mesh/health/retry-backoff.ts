import { timeouts, retryDelay, attemptsBeforeError } from './connection-health.js';

/** Counts connection attempts and failures, and computes the retry delay. */
export class RetryBackoff {
  /** Attempts since the last stable connection. */
  #attempts = 0;
  /** Failures since the last connection. */
  #failures = 0;

  /** Whether the failures reached `attemptsBeforeError`. */
  get isUnreachable(): boolean {
    return this.#failures >= attemptsBeforeError;
  }

  attempt(): void {
    this.#attempts += 1;
  }

  connected(): void {
    this.#failures = 0;
  }

  /** Counts a failure; returns whether it is the one that reaches `attemptsBeforeError`. */
  failed(): boolean {
    this.#failures += 1;
    return this.#failures === attemptsBeforeError;
  }

  /** A connection ended after `heldMs`. A stable one resets the delay. */
  disconnected(heldMs: number): void {
    if (heldMs >= timeouts.stableAfter) this.#attempts = 0;
  }

  /** ms until the next attempt. */
  delay(): number {
    return retryDelay(this.#attempts);
  }
}
