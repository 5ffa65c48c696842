/** What a person does to a form control. */
const changes = ['input', 'change'] as const;

/**
 * Shows copies of the page's slotted children in another window. The children themselves stay, as the page's framework
 * goes on changing them; the copies follow, and what is done to a copy is done to its original.
 */
export function copySlotted(host: Element, standIn: Element, signal: AbortSignal): void {
  let originals = new Map<Node, Node>();
  const sync = (): void => {
    const focused = originals.get(standIn.ownerDocument.activeElement ?? standIn);
    originals = new Map();
    const copies = [...host.children]
      .filter(({ slot }) => slot !== '')
      .map((child) => copyOf(child, originals));
    standIn.replaceChildren(...copies);
    for (const [copy, original] of originals) if (original === focused) (copy as HTMLElement).focus();
  };
  const originalOf = (event: Event): Node | undefined => {
    const path = event.composedPath() as Node[];
    const copy = path.slice(0, path.indexOf(standIn)).find((node) => originals.has(node));
    return copy && originals.get(copy);
  };
  standIn.addEventListener(
    'click',
    (event) => {
      const original = originalOf(event);
      // The default action of a form control has already changed the copy; it is forwarded as a change.
      if (!original || isForm(original)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      clickable(original)?.click();
    },
    { capture: true, signal },
  );
  for (const type of changes)
    standIn.addEventListener(type, (event) => passOn(event, originalOf(event)), { signal });
  const observer = new MutationObserver((records) => {
    if (records.some(({ type, target }) => type !== 'attributes' || target !== host)) sync();
  });
  observer.observe(host, { childList: true, subtree: true, attributes: true, characterData: true });
  signal.addEventListener('abort', () => observer.disconnect(), { once: true });
  sync();
}

function copyOf(node: Node, originals: Map<Node, Node>): Node {
  const copy = node.cloneNode(false);
  originals.set(copy, node);
  for (const child of node.childNodes)
    if (!(child instanceof HTMLScriptElement)) copy.appendChild(copyOf(child, originals));
  if (isField(node) && isField(copy)) copy.value = node.value;
  if (node instanceof HTMLInputElement && copy instanceof HTMLInputElement) copy.checked = node.checked;
  return copy;
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const isField = (node: Node): node is Field =>
  node instanceof HTMLInputElement ||
  node instanceof HTMLTextAreaElement ||
  node instanceof HTMLSelectElement;

const isForm = (node: Node): boolean => isField(node) || node instanceof HTMLOptionElement;

/** Elements drawn inside a button (SVG) have no `click()`. */
const clickable = (node: Node): HTMLElement | null =>
  node instanceof HTMLElement ? node : node.parentElement;

/** Frameworks intercept the properties of their elements: sets the native value and dispatches the event of user input. */
function passOn(event: Event, original: Node | undefined): void {
  const copy = event.composedPath()[0] as Node;
  if (!original || !isField(original) || !isField(copy)) return;
  for (const key of ['value', 'checked'] as const) {
    if (!(key in copy)) continue;
    const prototype = Object.getPrototypeOf(original) as object;
    Object.getOwnPropertyDescriptor(prototype, key)?.set?.call(original, copy[key as 'value']);
  }
  original.dispatchEvent(new Event(event.type, { bubbles: true, composed: true }));
}
