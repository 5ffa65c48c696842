import { CallError } from '../domain/call-error.js';
import type { ParticipantId } from '../domain/participant.js';

/** ms that tabs which are alive, but perhaps busy, have for their greeting. */
const greetingWithin = 150;

/** Who was in the call before, and has not said so yet. */
export class Greetings {
  readonly #silent = new Set<ParticipantId>();
  #complete = (): void => undefined;

  /** Resolves when all of `expected` have greeted or left; those who are too slow are not waited for. */
  all(expected: Iterable<ParticipantId>, { signal }: { readonly signal: AbortSignal }): Promise<void> {
    for (const id of expected) this.#silent.add(id);
    if (this.#silent.size === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, greetingWithin);
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
  done(id: ParticipantId): void {
    this.#silent.delete(id);
    if (this.#silent.size === 0) this.#complete();
  }
}
