import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** What an element does when it enters a page, and when it has left for good. */
export interface ElementLifetimeOptions {
  /** `signal` is aborted when the element has left. */
  readonly arrive: (signal: AbortSignal) => void;
  readonly leave: () => void;
}

/**
 * Distinguishes an element that leaves its page from one that moves: a move disconnects and reconnects it within one
 * task.
 */
export class ElementLifetime implements ReactiveController {
  #lifetime: AbortController | undefined;

  constructor(
    private readonly host: ReactiveControllerHost & Element,
    private readonly options: ElementLifetimeOptions,
  ) {
    host.addController(this);
  }

  get isHere(): boolean {
    return this.#lifetime !== undefined;
  }

  hostConnected(): void {
    if (this.#lifetime) return;
    this.#lifetime = new AbortController();
    this.options.arrive(this.#lifetime.signal);
  }

  hostDisconnected(): void {
    setTimeout(() => {
      if (this.host.isConnected || !this.#lifetime) return;
      this.#lifetime.abort();
      this.#lifetime = undefined;
      this.options.leave();
    });
  }
}
