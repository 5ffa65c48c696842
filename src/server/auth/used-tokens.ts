import { bareToken } from '../../protocol/jwt-payload.js';

/** Remembers the most recently used call tokens. */
export class UsedTokens {
  readonly #signatures = new Set<string>();

  constructor(private readonly capacity = 50_000) {}

  has(token: string): boolean {
    return this.#signatures.has(signatureOf(token));
  }

  add(token: string): void {
    const signature = signatureOf(token);
    this.#signatures.delete(signature);
    this.#signatures.add(signature);
    const [oldest] = this.#signatures;
    if (this.#signatures.size > this.capacity && oldest !== undefined) this.#signatures.delete(oldest);
  }
}

function signatureOf(token: string): string {
  return bareToken(token).split('.')[2] ?? '';
}
