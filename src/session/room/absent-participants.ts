import { isActive } from '../../domain/call/call-state.js';
import type { ParticipantId } from '../../domain/call/participant.js';
import type { CallStore } from '../call-store.js';

/** ms between two checks of a participant whose media still arrives. */
const recheckMs = 4000;

/** Participants whom a restarted server does not list, because they have not rejoined it yet. */
export class AbsentParticipants {
  readonly #store: CallStore;
  readonly #signal: AbortSignal;
  readonly #timers = new Map<ParticipantId, ReturnType<typeof setTimeout>>();

  constructor(store: CallStore, { signal }: { readonly signal: AbortSignal }) {
    this.#store = store;
    this.#signal = signal;
    signal.addEventListener('abort', () => this.#clear(), { once: true });
  }

  has(id: ParticipantId): boolean {
    return this.#timers.has(id);
  }

  /** Removes those who do not return within `graceMs`, or later if their media goes on until then. */
  expect(ids: readonly ParticipantId[], graceMs: number): void {
    if (this.#signal.aborted) return;
    for (const id of ids) {
      this.returned(id);
      this.#check(id, graceMs);
    }
  }

  returned(id: ParticipantId): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  #check(id: ParticipantId, afterMs: number): void {
    const timer = setTimeout(() => {
      const state = this.#store.get();
      this.#timers.delete(id);
      if (!isActive(state)) return;
      if (state.links.get(id) === 'connected') this.#check(id, recheckMs);
      else this.#store.dispatch({ type: 'participant-left', id });
    }, afterMs);
    this.#timers.set(id, timer);
  }

  #clear(): void {
    for (const id of [...this.#timers.keys()]) this.returned(id);
  }
}
