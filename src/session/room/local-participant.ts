import { isActive } from '../../domain/call/call-state.js';
import { initialParticipantState, type ParticipantState } from '../../domain/call/participant.js';
import type { CallStore } from '../call-store.js';

/** What the others are told of this participant. The server gets all of it at each join, and changes in between. */
export class LocalParticipant {
  readonly #store: CallStore;
  readonly #sendUpdate: (changes: Partial<ParticipantState>) => void;
  #published: ParticipantState;
  /** What the server was told with the last join. */
  #joinedWith: ParticipantState;

  constructor(
    store: CallStore,
    initially: Partial<ParticipantState>,
    sendUpdate: (changes: Partial<ParticipantState>) => void,
  ) {
    this.#store = store;
    this.#sendUpdate = sendUpdate;
    this.#published = this.#joinedWith = { ...initialParticipantState, ...initially };
  }

  get published(): ParticipantState {
    return this.#published;
  }

  /** For a join, which carries all of it. */
  forJoin(): ParticipantState {
    return (this.#joinedWith = this.#published);
  }

  /** Something changed here: listeners hear it, and the others do. */
  publish(changes: Partial<ParticipantState>): void {
    const changed = difference(changes, this.#published);
    this.#published = { ...this.#published, ...changed };
    this.#broadcast(changed);
  }

  /** Another participant changed it; the server has told everybody. */
  applyRemote(changes: {
    readonly [Key in keyof ParticipantState]?: ParticipantState[Key] | undefined;
  }): void {
    const defined = Object.fromEntries(
      Object.entries(changes).filter(([key, value]) => key in this.#published && value !== undefined),
    );
    this.#published = { ...this.#published, ...defined };
  }

  /**
   * Tells what changed between the sending of a join and its answer. What another participant changed meanwhile is accepted
   * instead, and returned: to tell it otherwise would unmute for a moment.
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
