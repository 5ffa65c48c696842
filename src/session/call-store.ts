import { Emitter } from '../base/emitter.js';
import { Store } from '../base/store.js';
import type { CallEvent } from '../domain/call/call-events.js';
import type { CallFact } from '../domain/call/call-facts.js';
import { idle, type CallState } from '../domain/call/call-state.js';
import { transition } from '../domain/call/transition.js';

/** Holds the call's state. `dispatch` is the only way to change it, and stores the state before it emits the events. */
export class CallStore extends Store<CallState> {
  readonly events = new Emitter<{ event: CallEvent }>();
  readonly #pendingEvents: CallEvent[] = [];
  #flushing = false;
  /** The depth of nested `dispatch` calls: a subscriber may dispatch another fact. */
  #storing = 0;

  constructor() {
    super(idle);
  }

  readonly dispatch = (fact: CallFact): void => {
    const { state, events } = transition(this.get(), fact);
    // Events keep the order of the facts. They wait until all subscribers have received the state.
    this.#pendingEvents.push(...events);
    this.#storing += 1;
    this.set(state);
    this.#storing -= 1;
    if (this.#storing === 0) this.#flushEvents();
  };

  /** Emits pending events. Events that a listener causes wait until all listeners received the earlier ones. */
  #flushEvents(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    for (let event = this.#pendingEvents.shift(); event; event = this.#pendingEvents.shift())
      this.events.emit('event', event);
    this.#flushing = false;
  }
}
