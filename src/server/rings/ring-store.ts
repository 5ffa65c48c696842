import { isLive, type RingCall } from '../../domain/ring/ring-call.js';
import type { RingMessage, RingState, RingTransitionResult } from '../../domain/ring/ring-facts.js';

/** Selects calls: those of all these users, and the one with this session id. */
export interface RingScope {
  readonly uids: readonly string[];
  readonly sessionId?: string;
}

/** What a store tells its node. */
export interface RingStoreListener {
  /** A transition of this node was stored. */
  stored(result: RingTransitionResult): void;
  /** Messages for devices, of this node or others. */
  deliver(messages: readonly RingMessage[]): void;
  /** Messages may have been lost. */
  interrupted(): Promise<void>;
  /** A call that somebody must supervise: the node that did may be gone. */
  unsupervised(call: RingCall): void;
}

/** Stores ringing, ongoing and recently ended calls: in this process, or in a store that several nodes share. */
export interface RingStore {
  subscribe(listener: RingStoreListener): void;
  /**
   * Applies a transition to the newest calls in scope, stores the result, and has its messages delivered. If a call in scope was changed or added
   * meanwhile, the transition runs again. A live call is in the scope of each of its users. Rejects with
   * SERVER_UNAVAILABLE if the store cannot be reached.
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
  #listener: RingStoreListener | undefined;

  subscribe(listener: RingStoreListener): void {
    this.#listener = listener;
  }

  transact(
    scope: RingScope,
    transition: (calls: RingState) => RingTransitionResult,
  ): Promise<RingTransitionResult> {
    const before = this.#select(scope);
    const result = transition(before);
    for (const call of result.state.values()) if (before.get(call.sessionId) !== call) this.#save(call);
    this.#listener?.stored(result);
    this.#listener?.deliver(result.messages);
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

/** Whether a ringing or answered call uses the session. */
export async function hasLiveCall(store: RingStore, sessionId: string): Promise<boolean> {
  const call = (await store.read({ uids: [], sessionId })).get(sessionId);
  return call !== undefined && isLive(call);
}
