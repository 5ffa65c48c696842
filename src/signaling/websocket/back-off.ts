/** The shortest and the longest delay between two attempts, in ms. */
export interface RetryRange {
  readonly from: number;
  readonly to: number;
}

/** ms before an attempt: 0 for the first, then growing exponentially, with jitter so that clients do not synchronize. */
export function retryDelay(attempts: number, { from, to }: RetryRange, random = Math.random()): number {
  if (attempts === 0) return 0;
  const upper = Math.min(to, from * 2 ** attempts);
  return from + random * (upper - from);
}

/** Delays connection attempts. */
export class Backoff {
  readonly #range: RetryRange;
  #attempts = 0;
  #wake = (): void => undefined;

  constructor(range: RetryRange) {
    this.#range = range;
  }

  wait(): Promise<void> {
    const delay = retryDelay(this.#attempts++, this.#range);
    if (delay === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, delay);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Ends the current wait. The next attempt does not wait either. */
  retryNow(): void {
    this.#attempts = 0;
    this.#wake();
  }

  /** An attempt succeeded: the delay starts from the shortest again. */
  succeeded(): void {
    this.#attempts = 1;
  }
}
