interface Rendered {
  readonly renderRoot: ParentNode;
}

/** The first match inside an element's own shadow tree. */
export function within<Name extends keyof HTMLElementTagNameMap>(
  element: Rendered,
  selector: Name,
): HTMLElementTagNameMap[Name] | null;
export function within<Found extends Element = HTMLElement>(
  element: Rendered,
  selector: string,
): Found | null;
export function within({ renderRoot }: Rendered, selector: string): Element | null {
  return renderRoot.querySelector(selector);
}
