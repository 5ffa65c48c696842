import { Emitter } from '../base/emitter.js';
import { Store } from '../base/store.js';
import type { CallEvent } from '../domain/call/call-events.js';
import type { CallFact } from '../domain/call/call-facts.js';
import { idle, type CallState } from '../domain/call/call-state.js';
import { transition } from '../domain/call/transition.js';

/** The call's state, and the one way to change it: a fact. State is stored before its events are announced. */
export class CallStore extends Store<CallState> {
  readonly events = new Emitter<{ event: CallEvent }>();
  readonly #pendingEvents: CallEvent[] = [];
  #flushing = false;
  /** Facts whose state is being told to subscribers: one of them may dispatch another. */
  #storing = 0;

  constructor() {
    super(idle);
  }

  readonly dispatch = (fact: CallFact): void => {
    const { state, events } = transition(this.get(), fact);
    // In the order of the facts, and each only when all know the state that it led to.
    this.#pendingEvents.push(...events);
    this.#storing += 1;
    this.set(state);
    this.#storing -= 1;
    if (this.#storing === 0) this.#flushEvents();
  };

  /** Listeners may give commands: what those raise waits until the earlier events were heard by all. */
  #flushEvents(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    for (let event = this.#pendingEvents.shift(); event; event = this.#pendingEvents.shift())
      this.events.emit('event', event);
    this.#flushing = false;
  }
}
