import { runSafely } from './emitter.js';

type Subscriber<State> = (next: State, previous: State) => void;

/** Holds one immutable value and notifies subscribers when it is replaced. */
export class Store<State> {
  readonly #subscribers = new Set<Subscriber<State>>();
  #current: State;
  /** Changes that have not been sent to all subscribers yet. */
  readonly #pending: { readonly next: State; readonly previous: State }[] = [];
  #isNotifying = false;

  constructor(initial: State) {
    this.#current = initial;
  }

  get(): State {
    return this.#current;
  }

  /** Replaces the value; setting the identical value notifies no one. */
  set(next: State): void {
    if (Object.is(next, this.#current)) return;
    const previous = this.#current;
    this.#current = next;
    this.#pending.push({ next, previous });
    this.#notify();
  }

  /**
   * A subscriber may set another value: all subscribers are notified of it after the current one, in the same turn.
   */
  #notify(): void {
    if (this.#isNotifying) return;
    this.#isNotifying = true;
    for (let change = this.#pending.shift(); change; change = this.#pending.shift())
      for (const notify of [...this.#subscribers]) {
        const { next, previous } = change;
        runSafely(() => notify(next, previous));
      }
    this.#isNotifying = false;
  }

  /** Returns a function that unsubscribes. */
  subscribe(notify: Subscriber<State>): () => void {
    this.#subscribers.add(notify);
    return () => void this.#subscribers.delete(notify);
  }
}
