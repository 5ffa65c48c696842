import { CallError } from '../../domain/call-error.js';
import type { ParticipantId } from '../../domain/call/participant.js';

/** ms to wait for the announcements of live tabs, which may be busy. */
const handshakeTimeoutMs = 150;

/** Tracks the present participants who have not announced themselves to this tab yet. */
export class TabHandshake {
  readonly #pending = new Set<ParticipantId>();
  #complete = (): void => undefined;

  /** Resolves when all of `expected` announced themselves or left, or on timeout. Rejects with CONNECTION_LOST if aborted. */
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

  /** The participant announced itself, or left. */
  settle(id: ParticipantId): void {
    this.#pending.delete(id);
    if (this.#pending.size === 0) this.#complete();
  }
}
