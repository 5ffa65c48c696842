import { bareToken } from '../../protocol/tokens/jwt-payload.js';

/** Remembers which call tokens were used. */
export interface UsedTokens {
  has(token: string): Promise<boolean>;
  /** `expiresAt`: seconds since 1970. */
  add(token: string, expiresAt: number): void;
}

/** Remembers the most recently used call tokens of this process. */
export class MemoryUsedTokens implements UsedTokens {
  readonly #signatures = new Set<string>();

  constructor(private readonly capacity = 50_000) {}

  has(token: string): Promise<boolean> {
    return Promise.resolve(this.#signatures.has(signatureOf(token)));
  }

  add(token: string): void {
    const signature = signatureOf(token);
    this.#signatures.delete(signature);
    this.#signatures.add(signature);
    const [oldest] = this.#signatures;
    if (this.#signatures.size > this.capacity && oldest !== undefined) this.#signatures.delete(oldest);
  }
}

export function signatureOf(token: string): string {
  return bareToken(token).split('.')[2] ?? '';
}
