import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** What an element does when it comes into a page, and when it has left for good. */
export interface PresenceOptions {
  /** `signal` is aborted when the element has left. */
  readonly arrive: (signal: AbortSignal) => void;
  readonly leave: () => void;
}

/**
 * Tells an element that leaves its page from one that is only moved: being moved is to be disconnected and connected
 * again within one task.
 */
export class Presence implements ReactiveController {
  #life: AbortController | undefined;

  constructor(
    private readonly host: ReactiveControllerHost & Element,
    private readonly options: PresenceOptions,
  ) {
    host.addController(this);
  }

  get isHere(): boolean {
    return this.#life !== undefined;
  }

  hostConnected(): void {
    if (this.#life) return;
    this.#life = new AbortController();
    this.options.arrive(this.#life.signal);
  }

  hostDisconnected(): void {
    setTimeout(() => {
      if (this.host.isConnected || !this.#life) return;
      this.#life.abort();
      this.#life = undefined;
      this.options.leave();
    });
  }
}
