/** Roles whose widgets take letters, or the space bar: to write, to find an entry by its first letters, or to step. */
const roles = [
  ...['textbox', 'searchbox', 'combobox', 'spinbutton', 'slider', 'application'],
  ...['listbox', 'option', 'menu', 'menubar', 'menuitem', 'menuitemcheckbox', 'menuitemradio'],
  ...['tree', 'treeitem', 'treegrid', 'grid', 'gridcell'],
];

/** Inputs that take no text. */
const pressed = ['button', 'checkbox', 'radio', 'submit', 'reset', 'image', 'file', 'color'];

const fields = [
  `input${pressed.map((type) => `:not([type=${type} i])`).join('')}`,
  ...['textarea', 'select', 'option', '[aria-activedescendant]'],
  ...roles.map((role) => `[role~=${role} i]`),
].join();

/** What of the call itself has a use for keys while it is open. */
const own = 'cometchat-call-menu, dialog';

/**
 * Whether a key is text, a choice in a list, or part of a foreign shortcut: then the call in `host` ignores it.
 * What is hidden in a closed shadow tree may be an editor, and counts as one.
 */
export function isTyping(
  event: KeyboardEvent,
  host: Element,
  targets: readonly EventTarget[] = event.composedPath(),
): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.getModifierState('AltGraph')) return true;
  // 229: an input method has the key, also where the browser does not say so otherwise.
  if (event.isComposing || event.keyCode === 229 || event.key === 'Process') return true;
  const path = targets.filter(isElement);
  const [target] = path;
  if (!target) return host.ownerDocument.designMode === 'on';
  const inside = path.includes(host);
  // Elements around the call do not take keys pressed inside it.
  const near = inside ? path.slice(0, path.indexOf(host)) : path;
  return (
    isEdited(path) ||
    isField(near) ||
    (inside && near.some((element) => element.matches(own))) ||
    (target !== host && mayHideEditor(target))
  );
}

/** Not `instanceof`: elements of a picture-in-picture window are of another realm. */
function isElement(target: EventTarget): target is Element {
  return 'nodeType' in target && target.nodeType === Node.ELEMENT_NODE;
}

function isIsland(element: Element): boolean {
  return element.getAttribute('contenteditable')?.toLowerCase() === 'false';
}

/** By `contenteditable` of any kind, or because the whole document is. */
function isEdited(path: readonly Element[]): boolean {
  const innermost = path.find((element) => 'isContentEditable' in element) as HTMLElement | undefined;
  if (innermost?.isContentEditable) return true;
  return innermost?.ownerDocument.designMode === 'on' && !path.some(isIsland);
}

/** Up to an island in an editor, which is no part of it. */
function isField(path: readonly Element[]): boolean {
  const end = path.findIndex(isIsland) + 1;
  return path
    .slice(0, end || path.length)
    .some(
      (element) => element.matches(fields) || (!isIsland(element) && Reflect.get(element, 'editContext')),
    );
}

/** It has the focus, but what has it in there is not seen from here: an element that cannot be focused itself is one of these. */
function mayHideEditor(target: Element): boolean {
  const { activeElement, body } = target.ownerDocument;
  if (target.shadowRoot || target === body) return false;
  if (target.localName.includes('-')) return true;
  const isFocusable = target.hasAttribute('tabindex') || (target as HTMLElement).tabIndex >= 0;
  return target === activeElement && !isFocusable && !isScroller(target);
}

/** Browsers let the keyboard into what scrolls. */
function isScroller(element: Element): boolean {
  return /auto|scroll/.test(getComputedStyle(element).overflow);
}
