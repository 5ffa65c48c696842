import { Emitter } from '../base/emitter.js';
import { Store } from '../base/store.js';
import type { CallEvent } from '../domain/call-events.js';
import type { CallFact } from '../domain/call-facts.js';
import { idle, type CallState } from '../domain/call-state.js';
import { transition } from '../domain/transition.js';

/** The call's state, and the one way to change it: a fact. State is stored before its events are announced. */
export class CallStore extends Store<CallState> {
  readonly events = new Emitter<{ event: CallEvent }>();
  readonly #unannounced: CallEvent[] = [];
  #announcing = false;
  /** Facts whose state is being told to subscribers: one of them may dispatch another. */
  #storing = 0;

  constructor() {
    super(idle);
  }

  readonly dispatch = (fact: CallFact): void => {
    const { state, events } = transition(this.get(), fact);
    // In the order of the facts, and each only when all know the state that it led to.
    this.#unannounced.push(...events);
    this.#storing += 1;
    this.set(state);
    this.#storing -= 1;
    if (this.#storing === 0) this.#announce();
  };

  /** Listeners may give commands: what those raise waits until the earlier events were heard by all. */
  #announce(): void {
    if (this.#announcing) return;
    this.#announcing = true;
    for (let event = this.#unannounced.shift(); event; event = this.#unannounced.shift())
      this.events.emit('event', event);
    this.#announcing = false;
  }
}
