import { isActive } from '../../domain/call/call-state.js';
import { initialParticipantState, type ParticipantState } from '../../domain/call/participant.js';
import type { CallStore } from '../call-store.js';

/** The published state of the local participant. Each join sends all of it; updates send the changes. */
export class LocalParticipant {
  readonly #store: CallStore;
  readonly #sendUpdate: (changes: Partial<ParticipantState>) => void;
  #published: ParticipantState;
  /** The state sent with the last join. */
  #joinedWith: ParticipantState;

  constructor(
    store: CallStore,
    initial: Partial<ParticipantState>,
    sendUpdate: (changes: Partial<ParticipantState>) => void,
  ) {
    this.#store = store;
    this.#sendUpdate = sendUpdate;
    this.#published = this.#joinedWith = { ...initialParticipantState, ...initial };
  }

  get published(): ParticipantState {
    return this.#published;
  }

  /** Returns the full state for a join. */
  forJoin(): ParticipantState {
    return (this.#joinedWith = this.#published);
  }

  /** Publishes local changes to the server, and to listeners on this page. */
  publish(changes: Partial<ParticipantState>): void {
    const changed = difference(changes, this.#published);
    this.#published = { ...this.#published, ...changed };
    this.#broadcast(changed);
  }

  /** Applies a change made by another participant, which the server has already sent to all. */
  applyRemote(changes: {
    readonly [Key in keyof ParticipantState]?: ParticipantState[Key] | undefined;
  }): void {
    const defined = Object.fromEntries(
      Object.entries(changes).filter(([key, value]) => key in this.#published && value !== undefined),
    );
    this.#published = { ...this.#published, ...defined };
  }

  /**
   * Publishes what changed locally between a join and its answer. Accepts and returns a mute by another participant in that
   * time: publishing the older local value would unmute for a moment.
   */
  reconcile(known: ParticipantState): Partial<ParticipantState> {
    const mutedByOthers = Object.fromEntries(
      (['audioMuted', 'videoPaused'] as const)
        .filter((key) => known[key] && !this.#joinedWith[key] && !this.#published[key])
        .map((key) => [key, true]),
    );
    this.applyRemote(mutedByOthers);
    this.#broadcast(difference(this.#published, known));
    return mutedByOthers;
  }

  #broadcast(changes: Partial<ParticipantState>): void {
    const state = this.#store.get();
    if (!isActive(state) || Object.keys(changes).length === 0) return;
    this.#store.dispatch({ type: 'participant-updated', id: state.selfId, changes, by: state.selfId });
    this.#sendUpdate(changes);
  }
}

function difference(wanted: Partial<ParticipantState>, known: ParticipantState): Partial<ParticipantState> {
  const keys = Object.keys(wanted) as (keyof ParticipantState)[];
  return Object.fromEntries(
    keys.filter((key) => wanted[key] !== known[key]).map((key) => [key, wanted[key]]),
  );
}
