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
    this.#watchDocument();
    if (this.#lifetime || !isShownSomewhere(this.host)) return;
    this.#lifetime = new AbortController();
    this.options.arrive(this.#lifetime.signal);
  }

  hostDisconnected(): void {
    setTimeout(() => {
      if (!this.host.isConnected || !isShownSomewhere(this.host)) this.#leave();
    });
  }

  /** A document that goes away disconnects nothing: that of a frame that is removed, or of a window that is closed. */
  #watchDocument(): void {
    const { ownerDocument } = this.host;
    // The page itself is left, and returned to, in another way.
    if (ownerDocument === document) return;
    const gone = (): void => {
      setTimeout(() => this.host.ownerDocument === ownerDocument && this.#leave());
    };
    ownerDocument.defaultView?.addEventListener('pagehide', gone, { once: true });
  }

  #leave(): void {
    if (!this.#lifetime) return;
    this.#lifetime.abort();
    this.#lifetime = undefined;
    this.options.leave();
  }
}

/** Documents made by scripts, such as `createHTMLDocument`, have no window. */
function isShownSomewhere({ ownerDocument }: Element): boolean {
  return ownerDocument.defaultView !== null;
}
