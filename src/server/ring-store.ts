import { isLive, type RingCall } from '../domain/ring-call.js';
import type { RingState, RingStep } from '../domain/ring-facts.js';

/** Which calls a decision looks at: all of these users, and the one that is named. */
export interface RingScope {
  readonly uids: readonly string[];
  readonly sessionId?: string;
}

/** Where calls are kept that ring, go on, or ended lately: in this process, or in a store that several nodes share. */
export interface RingStore {
  /**
   * Decides on the newest calls in scope and stores the outcome, unless somebody changed one of them or added one
   * meanwhile; then decides anew. A live call is in the scope of each of its users.
   */
  change(scope: RingScope, decide: (calls: RingState) => RingStep): Promise<RingStep>;
  read(scope: RingScope): Promise<RingState>;
}

/** How long a call that is over is remembered, in ms: late messages about it get the true answer. */
export const ringMemoryMs = 600_000;

/** Keeps the calls in this process. */
export class MemoryRingStore implements RingStore {
  readonly #calls = new Map<string, RingCall>();
  readonly #byUser = new Map<string, Set<string>>();
  /** In the order of ending. */
  readonly #over = new Map<string, number>();

  change(scope: RingScope, decide: (calls: RingState) => RingStep): Promise<RingStep> {
    const before = this.#select(scope);
    const step = decide(before);
    for (const call of step.state.values()) if (before.get(call.sessionId) !== call) this.#keep(call);
    return Promise.resolve(step);
  }

  read(scope: RingScope): Promise<RingState> {
    return Promise.resolve(this.#select(scope));
  }

  #select({ uids, sessionId }: RingScope): RingState {
    const ids = new Set(uids.flatMap((uid) => [...(this.#byUser.get(uid) ?? [])]));
    if (sessionId !== undefined) ids.add(sessionId);
    const found = [...ids].map((id) => this.#calls.get(id)).filter((call) => call !== undefined);
    return new Map(found.map((call) => [call.sessionId, call]));
  }

  #keep(call: RingCall): void {
    this.#calls.set(call.sessionId, call);
    for (const { user } of call.legs) {
      const ids = this.#byUser.get(user.uid) ?? new Set();
      this.#byUser.set(user.uid, ids.add(call.sessionId));
    }
    if (isLive(call)) return;
    const now = call.endedAt ?? 0;
    this.#over.set(call.sessionId, now);
    for (const [sessionId, endedAt] of this.#over) {
      if (endedAt + ringMemoryMs > now) break;
      this.#forget(sessionId);
    }
  }

  #forget(sessionId: string): void {
    this.#over.delete(sessionId);
    for (const { user } of this.#calls.get(sessionId)?.legs ?? []) {
      const ids = this.#byUser.get(user.uid);
      ids?.delete(sessionId);
      if (ids?.size === 0) this.#byUser.delete(user.uid);
    }
    this.#calls.delete(sessionId);
  }
}
