import { patience, retryDelay, triesUntilTold } from './pair-health.js';

/** Counts how often a connection was tried, and how often in vain. */
export class Tries {
  /** Since a connection last held. */
  #begun = 0;
  /** Since one was made. */
  #failed = 0;

  /** It has failed so often that the user should know. */
  get isHopeless(): boolean {
    return this.#failed >= triesUntilTold;
  }

  begin(): void {
    this.#begun += 1;
  }

  succeed(): void {
    this.#failed = 0;
  }

  /** Whether this was the failure after which the user is told. */
  fail(): boolean {
    this.#failed += 1;
    return this.#failed === triesUntilTold;
  }

  /** A connection ended that had held so long (ms). */
  end(held: number): void {
    if (held >= patience.success) this.#begun = 0;
  }

  /** ms until the next one. */
  delay(): number {
    return retryDelay(this.#begun);
  }
}
