/** The language that the page declares for an element: the nearest `lang`, through shadow trees, as `:lang()` sees it. */
export function pageLanguage(element: Element): string {
  return nearest(element, 'lang') ?? '';
}

/** Whether the element or an ancestor has a `dir`. */
export function hasPageDirection(element: Element): boolean {
  return nearest(element, 'dir') !== null;
}

/** Calls `onChanged` whenever an element around `element`, or itself, gets another `lang` or `dir`, until `signal` is aborted. */
export function watchPageLanguage(element: Element, onChanged: () => void, signal: AbortSignal): void {
  const observer = new MutationObserver(onChanged);
  signal.addEventListener('abort', () => observer.disconnect(), { once: true });
  for (const each of ancestors(element)) observer.observe(each, { attributeFilter: ['lang', 'dir'] });
}

function nearest(element: Element, attribute: string): string | null {
  for (const each of ancestors(element)) {
    const value = each.getAttribute(attribute);
    if (value !== null) return value;
  }
  return null;
}

/** The element and all that it is in, from the inside out. */
function* ancestors(element: Element): Generator<Element> {
  for (let node: Node | null = element; node; node = node.parentNode ?? hostOf(node))
    if (isElement(node)) yield node;
}

/** `instanceof` fails for a picture-in-picture window, whose document has its own `Element` class. */
const isElement = (node: Node): node is Element => node.nodeType === Node.ELEMENT_NODE;

const hostOf = (root: Node): Element | null => (root as Partial<ShadowRoot>).host ?? null;
