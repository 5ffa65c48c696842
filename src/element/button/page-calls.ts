import { Emitter } from '../../base/emitter.js';

const calls = new Set<Element>();

/** Raised when a call enters or leaves the page, in whatever shadow tree. */
export const pageCalls = new Emitter<{ changed: void }>();

export function registerCall(call: Element, signal: AbortSignal): void {
  calls.add(call);
  signal.addEventListener('abort', () => {
    calls.delete(call);
    pageCalls.emit('changed', undefined);
  });
  pageCalls.emit('changed', undefined);
}

/** The call with this id, or the first one: in the tree of `element`, then in those around it, then anywhere. */
export function findCall(element: Element, id: string): Element | undefined {
  const found = [...calls]
    .filter((call) => !id || call.id === id)
    .sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  for (let root = element.getRootNode(); ; root = root.host.getRootNode()) {
    const near = found.find((call) => call.getRootNode() === root);
    if (near || !(root instanceof ShadowRoot)) return near ?? found[0];
  }
}
