/** ms between two tries: the shortest and the longest. */
export interface RetryRange {
  readonly from: number;
  readonly to: number;
}

/** The first try goes at once; later ones wait longer and longer, by chance, so that clients do not come in step. */
export function retryDelay(tries: number, { from, to }: RetryRange, chance = Math.random()): number {
  if (tries === 0) return 0;
  const longest = Math.min(to, from * 2 ** tries);
  return from + chance * (longest - from);
}

/** Says when the next try may go. */
export class BackOff {
  readonly #range: RetryRange;
  #tries = 0;
  #wake = (): void => undefined;

  constructor(range: RetryRange) {
    this.#range = range;
  }

  next(): Promise<void> {
    const delay = retryDelay(this.#tries++, this.#range);
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
  hurry(): void {
    this.#tries = 0;
    this.#wake();
  }

  /** A try went well: the next one waits the shortest time again. */
  calm(): void {
    this.#tries = 1;
  }
}
