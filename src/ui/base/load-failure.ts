/** Notifies the owner of the call, above `element`, that a chunk did not load; the owner notifies the application. */
export function announceLoadFailure(element: Element, error: unknown): void {
  element.dispatchEvent(new CustomEvent('load-failed', { detail: error, bubbles: true, composed: true }));
}
