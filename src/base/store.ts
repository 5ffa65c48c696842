import { runSafely } from './emitter.js';

type Subscriber<State> = (next: State, previous: State) => void;

/** Holds one immutable value and tells subscribers when it is replaced. */
export class Store<State> {
  readonly #subscribers = new Set<Subscriber<State>>();
  #current: State;
  /** Changes that not all subscribers have heard of. */
  readonly #untold: { readonly next: State; readonly previous: State }[] = [];
  #telling = false;

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
    this.#untold.push({ next, previous });
    this.#tell();
  }

  /** Subscribers may set another value: of that all hear after they heard of this one, in the same turn. */
  #tell(): void {
    if (this.#telling) return;
    this.#telling = true;
    for (let news = this.#untold.shift(); news; news = this.#untold.shift())
      for (const notify of [...this.#subscribers]) {
        const { next, previous } = news;
        runSafely(() => notify(next, previous));
      }
    this.#telling = false;
  }

  /** Returns the function that ends the subscription. */
  subscribe(notify: Subscriber<State>): () => void {
    this.#subscribers.add(notify);
    return () => void this.#subscribers.delete(notify);
  }
}
