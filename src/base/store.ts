type Subscriber<State> = (next: State, previous: State) => void;

/** Holds one immutable value and tells subscribers when it is replaced. */
export class Store<State> {
  readonly #subscribers = new Set<Subscriber<State>>();
  #current: State;

  constructor(initially: State) {
    this.#current = initially;
  }

  get(): State {
    return this.#current;
  }

  /** Replaces the value; setting the identical value tells nobody. */
  set(next: State): void {
    if (Object.is(next, this.#current)) return;
    const previous = this.#current;
    this.#current = next;
    for (const notify of [...this.#subscribers]) notify(next, previous);
  }

  /** Returns the function that ends the subscription. */
  subscribe(notify: Subscriber<State>): () => void {
    this.#subscribers.add(notify);
    return () => void this.#subscribers.delete(notify);
  }
}
