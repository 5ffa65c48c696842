/** Tells the owner of the call, above `element`, that a chunk did not load. The application is told by the owner. */
export function announceLoadFailure(element: Element, error: unknown): void {
  element.dispatchEvent(new CustomEvent('load-failed', { detail: error, bubbles: true, composed: true }));
}
