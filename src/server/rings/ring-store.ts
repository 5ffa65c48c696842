import { isLive, type RingCall } from '../../domain/ring/ring-call.js';
import type { RingState, RingTransitionResult } from '../../domain/ring/ring-facts.js';

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
  transact(
    scope: RingScope,
    transition: (calls: RingState) => RingTransitionResult,
  ): Promise<RingTransitionResult>;
  read(scope: RingScope): Promise<RingState>;
}

/** How long a call that is over is remembered, in ms: late messages about it get the true answer. */
export const endedCallRetentionMs = 600_000;

/** Keeps the calls in this process. */
export class MemoryRingStore implements RingStore {
  readonly #calls = new Map<string, RingCall>();
  readonly #byUser = new Map<string, Set<string>>();
  /** In the order of ending. */
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
