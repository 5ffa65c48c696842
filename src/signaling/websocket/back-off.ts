/** ms between two tries: the shortest and the longest. */
export interface RetryRange {
  readonly from: number;
  readonly to: number;
}

/** The first try goes at once; later ones wait longer and longer, by chance, so that clients do not come in step. */
export function retryDelay(attempts: number, { from, to }: RetryRange, random = Math.random()): number {
  if (attempts === 0) return 0;
  const upper = Math.min(to, from * 2 ** attempts);
  return from + random * (upper - from);
}

/** Says when the next try may go. */
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

  /** The try that waits goes now, and so does the next one. */
  retryNow(): void {
    this.#attempts = 0;
    this.#wake();
  }

  /** A try went well: the next one waits the shortest time again. */
  succeeded(): void {
    this.#attempts = 1;
  }
}
