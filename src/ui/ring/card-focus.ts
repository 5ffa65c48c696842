/** Where the focus is on the page, also within elements. */
function focusedElement(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active === document.body ? null : active;
}

/** While the user types in a text field, the call must not take the focus: the next keys would press its buttons. */
function isTextField(element: Element | null): boolean {
  return element instanceof HTMLElement && (element.isContentEditable || element.matches(fields));
}
const fields = 'textarea, select, input:not([type=button], [type=submit], [type=checkbox], [type=radio])';

/** Moves the focus to a new card, unless the user is typing, and back when the card closes. */
export class CardFocus {
  #card: HTMLElement | null = null;
  #before: Element | null = null;

  /** Call after every render with the current card. */
  update(card: HTMLElement | null): void {
    if (card === this.#card) return;
    const hadFocus = this.#card !== null && focusedElement() === null;
    this.#card = card;
    if (card) this.#moveTo(card);
    else if (hadFocus) this.#restore();
  }

  #moveTo(card: HTMLElement): void {
    this.#before = focusedElement();
    if (!isTextField(this.#before)) card.focus({ preventScroll: true });
  }

  /** Only when nothing else has taken it meanwhile. */
  #restore(): void {
    if (this.#before instanceof HTMLElement && this.#before.isConnected)
      this.#before.focus({ preventScroll: true });
    this.#before = null;
  }
}
