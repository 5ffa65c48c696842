import { CallError } from '../../domain/call-error.js';
import type { ParticipantId } from '../../domain/call/participant.js';

/** ms that tabs which are alive, but perhaps busy, have for their greeting. */
const handshakeTimeoutMs = 150;

/** Who was in the call before, and has not said so yet. */
export class TabHandshake {
  readonly #pending = new Set<ParticipantId>();
  #complete = (): void => undefined;

  /** Resolves when all of `expected` have greeted or left; those who are too slow are not waited for. */
  waitFor(expected: Iterable<ParticipantId>, { signal }: { readonly signal: AbortSignal }): Promise<void> {
    for (const id of expected) this.#pending.add(id);
    if (this.#pending.size === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, handshakeTimeoutMs);
      this.#complete = () => {
        clearTimeout(timer);
        resolve();
      };
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(new CallError('CONNECTION_LOST'));
      });
    });
  }

  /** It greeted, or will not any more. */
  settle(id: ParticipantId): void {
    this.#pending.delete(id);
    if (this.#pending.size === 0) this.#complete();
  }
}
