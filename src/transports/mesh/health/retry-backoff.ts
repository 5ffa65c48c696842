import { timeouts, retryDelay, attemptsBeforeError } from './connection-health.js';

/** Counts how often a connection was tried, and how often in vain. */
export class RetryBackoff {
  /** Since a connection last held. */
  #attempts = 0;
  /** Since one was made. */
  #failures = 0;

  /** It has failed so often that the user should know. */
  get isUnreachable(): boolean {
    return this.#failures >= attemptsBeforeError;
  }

  attempt(): void {
    this.#attempts += 1;
  }

  connected(): void {
    this.#failures = 0;
  }

  /** Whether this was the failure after which the user is told. */
  failed(): boolean {
    this.#failures += 1;
    return this.#failures === attemptsBeforeError;
  }

  /** A connection ended that had held so long (ms). */
  disconnected(heldMs: number): void {
    if (heldMs >= timeouts.stableAfter) this.#attempts = 0;
  }

  /** ms until the next one. */
  delay(): number {
    return retryDelay(this.#attempts);
  }
}
