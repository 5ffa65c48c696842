import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Gives the focus back to what had it inside its host, where drawing anew has moved that, and with it lost the focus. */
export class FocusKeeper implements ReactiveController {
  #held: Element | null = null;
  readonly #host: ReactiveControllerHost & Element;
  readonly #gone: (lost: Element) => void;

  /** `gone` is asked for another place when what had the focus is no longer there. */
  constructor(host: ReactiveControllerHost & Element, gone: (lost: Element) => void) {
    this.#host = host;
    this.#gone = gone;
    host.addController(this);
  }

  hostUpdate(): void {
    let held = this.#host.shadowRoot?.activeElement ?? null;
    while (held?.shadowRoot?.activeElement) held = held.shadowRoot.activeElement;
    this.#held = held;
  }

  hostUpdated(): void {
    const held = this.#held;
    if (!held || this.#host.shadowRoot?.activeElement) return;
    if (held.isConnected) (held as HTMLElement).focus({ preventScroll: true });
    else this.#gone(held);
  }
}
