import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Which slots of its host hold something of the page. A slot's own fallback cannot tell: a slot that forwards another,
 * empty one counts as filled.
 */
export class SlotContent implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #filled = new Set<string>();

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  has(name: string): boolean {
    return this.#filled.has(name);
  }

  hostConnected(): void {
    this.#host.shadowRoot?.addEventListener('slotchange', this.#read);
  }

  hostUpdated(): void {
    this.#host.shadowRoot?.addEventListener('slotchange', this.#read);
    for (const slot of this.#host.shadowRoot?.querySelectorAll('slot') ?? []) this.#readSlot(slot);
  }

  hostDisconnected(): void {
    this.#host.shadowRoot?.removeEventListener('slotchange', this.#read);
  }

  readonly #read = (event: Event): void => this.#readSlot(event.target as HTMLSlotElement);

  #readSlot(slot: HTMLSlotElement): void {
    const filled = slot.assignedElements({ flatten: true }).length > 0;
    if (filled === this.#filled.has(slot.name)) return;
    if (filled) this.#filled.add(slot.name);
    else this.#filled.delete(slot.name);
    this.#host.requestUpdate();
  }
}
