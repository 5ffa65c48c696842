import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Gives the focus back to what had it inside its host, where drawing anew has moved that, and with it lost the focus. */
export class FocusKeeper implements ReactiveController {
  #focused: Element | null = null;
  readonly #host: ReactiveControllerHost & Element;
  readonly #onLost: (removed: Element) => void;

  /** `onLost` is asked for another place when what had the focus is no longer there. */
  constructor(host: ReactiveControllerHost & Element, onLost: (removed: Element) => void) {
    this.#host = host;
    this.#onLost = onLost;
    host.addController(this);
  }

  hostUpdate(): void {
    let focused = this.#host.shadowRoot?.activeElement ?? null;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    this.#focused = focused;
  }

  hostUpdated(): void {
    const focused = this.#focused;
    if (!focused || this.#host.shadowRoot?.activeElement) return;
    if (focused.isConnected) (focused as HTMLElement).focus({ preventScroll: true });
    else this.#onLost(focused);
  }
}
