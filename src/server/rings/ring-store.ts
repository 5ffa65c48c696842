import { isLive, type RingCall } from '../../domain/ring/ring-call.js';
import type { RingState, RingTransitionResult } from '../../domain/ring/ring-facts.js';

/** Selects calls: those of all these users, and the one with this session id. */
export interface RingScope {
  readonly uids: readonly string[];
  readonly sessionId?: string;
}

/** Stores ringing, ongoing and recently ended calls: in this process, or in a store that several nodes share. */
export interface RingStore {
  /**
   * Applies a transition to the newest calls in scope and stores the result. If a call in scope was changed or added
   * meanwhile, the transition runs again. A live call is in the scope of each of its users.
   */
  transact(
    scope: RingScope,
    transition: (calls: RingState) => RingTransitionResult,
  ): Promise<RingTransitionResult>;
  read(scope: RingScope): Promise<RingState>;
}

/** How long (ms) an ended call is retained, so that late requests about it get the right answer. */
export const endedCallRetentionMs = 600_000;

export class MemoryRingStore implements RingStore {
  readonly #calls = new Map<string, RingCall>();
  readonly #byUser = new Map<string, Set<string>>();
  /** Sorted by end time. */
  readonly #endedAt = new Map<string, number>();

  transact(
    scope: RingScope,
    transition: (calls: RingState) => RingTransitionResult,
  ): Promise<RingTransitionResult> {
    const before = this.#select(scope);
    const result = transition(before);
    for (const call of result.state.values()) if (before.get(call.sessionId) !== call) this.#save(call);
    return Promise.resolve(result);
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

  #save(call: RingCall): void {
    this.#calls.set(call.sessionId, call);
    for (const { user } of call.legs) {
      const ids = this.#byUser.get(user.uid) ?? new Set();
      this.#byUser.set(user.uid, ids.add(call.sessionId));
    }
    if (isLive(call)) return;
    const now = call.endedAt ?? 0;
    this.#endedAt.set(call.sessionId, now);
    for (const [sessionId, endedAt] of this.#endedAt) {
      if (endedAt + endedCallRetentionMs > now) break;
      this.#evict(sessionId);
    }
  }

  #evict(sessionId: string): void {
    this.#endedAt.delete(sessionId);
    for (const { user } of this.#calls.get(sessionId)?.legs ?? []) {
      const ids = this.#byUser.get(user.uid);
      ids?.delete(sessionId);
      if (ids?.size === 0) this.#byUser.delete(user.uid);
    }
    this.#calls.delete(sessionId);
  }
}
