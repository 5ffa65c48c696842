import { isActive } from '../domain/call-state.js';
import { initialParticipantState, type ParticipantState } from '../domain/participant.js';
import type { CallStore } from './call-store.js';

/** What the others are told of this participant. The server gets all of it at each join, and changes in between. */
export class OwnState {
  readonly #store: CallStore;
  readonly #publish: (changes: Partial<ParticipantState>) => void;
  #told: ParticipantState;
  /** What the server was told with the last join. */
  #joinedWith: ParticipantState;

  constructor(
    store: CallStore,
    initially: Partial<ParticipantState>,
    publish: (changes: Partial<ParticipantState>) => void,
  ) {
    this.#store = store;
    this.#publish = publish;
    this.#told = this.#joinedWith = { ...initialParticipantState, ...initially };
  }

  get told(): ParticipantState {
    return this.#told;
  }

  /** For a join, which carries all of it. */
  forJoin(): ParticipantState {
    return (this.#joinedWith = this.#told);
  }

  /** Something changed here: listeners hear it, and the others do. */
  tell(changes: Partial<ParticipantState>): void {
    const news = difference(changes, this.#told);
    this.#told = { ...this.#told, ...news };
    this.#spread(news);
  }

  /** Another participant changed it; the server has told everybody. */
  accept(changes: { readonly [Key in keyof ParticipantState]?: ParticipantState[Key] | undefined }): void {
    const given = Object.fromEntries(
      Object.entries(changes).filter(([key, value]) => key in this.#told && value !== undefined),
    );
    this.#told = { ...this.#told, ...given };
  }

  /**
   * Tells what changed between the sending of a join and its answer. What another participant changed meanwhile is accepted
   * instead, and returned: to tell it otherwise would unmute for a moment.
   */
  correct(known: ParticipantState): Partial<ParticipantState> {
    const mutedByOthers = Object.fromEntries(
      (['audioMuted', 'videoPaused'] as const)
        .filter((key) => known[key] && !this.#joinedWith[key] && !this.#told[key])
        .map((key) => [key, true]),
    );
    this.accept(mutedByOthers);
    this.#spread(difference(this.#told, known));
    return mutedByOthers;
  }

  #spread(changes: Partial<ParticipantState>): void {
    const state = this.#store.get();
    if (!isActive(state) || Object.keys(changes).length === 0) return;
    this.#store.dispatch({ type: 'participant-updated', id: state.selfId, changes, by: state.selfId });
    this.#publish(changes);
  }
}

function difference(wanted: Partial<ParticipantState>, known: ParticipantState): Partial<ParticipantState> {
  const keys = Object.keys(wanted) as (keyof ParticipantState)[];
  return Object.fromEntries(
    keys.filter((key) => wanted[key] !== known[key]).map((key) => [key, wanted[key]]),
  );
}
