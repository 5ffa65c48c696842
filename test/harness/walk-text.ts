/** Text as a user meets it: drawn, or read by a screen reader. */
export interface FoundText {
  readonly text: string;
  /** Where it is, for the message of a failed test: `cometchat-call-tile > div.label`. */
  readonly where: string;
}

const labels = [
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'aria-valuetext',
  'title',
  'placeholder',
  'alt',
];

/** Every text in an element and in all shadow trees below it, hidden or not. */
export function textsIn(element: Element): readonly FoundText[] {
  return elementsIn(element).flatMap((each) => [
    ...labels.flatMap((name) => textOf(each.getAttribute(name), `${nameOf(each)}[${name}]`)),
    ...[...each.childNodes]
      .filter((node) => node.nodeType === Node.TEXT_NODE)
      .flatMap((node) => textOf(node.nodeValue, nameOf(each))),
  ]);
}

/** Drawn text that does not fit: wider than its box without a full text elsewhere, or beyond the edge of `element`. */
export function overflowsIn(element: Element): readonly string[] {
  const edge = element.getBoundingClientRect();
  return elementsIn(element)
    .filter((each) => hasOwnText(each) && isSeen(each))
    .flatMap((each) => {
      const box = blockOf(each);
      const { left, right } = each.getBoundingClientRect();
      const labelled = `${nameOf(each)}: ${each.textContent?.trim() ?? ''}`;
      const cut = box.scrollWidth > box.clientWidth + 1 && !isShortened(box, each);
      const beyond = left < edge.left - 1 || right > edge.right + 1;
      return [
        ...(cut ? [`${labelled} needs ${box.scrollWidth} of ${box.clientWidth} px`] : []),
        ...(beyond && !isShortened(box, each) ? [`${labelled} is beyond the edge: ${left} to ${right}`] : []),
      ];
    });
}

/** An element and all below it, through shadow trees. */
export function elementsIn(element: Element): readonly Element[] {
  const inside = [...element.children, ...(element.shadowRoot?.children ?? [])];
  return [element, ...inside.filter(({ localName }) => localName !== 'style').flatMap(elementsIn)];
}

function textOf(value: string | null, where: string): readonly FoundText[] {
  const text = value?.trim() ?? '';
  return text === '' ? [] : [{ text, where }];
}

function nameOf(element: Element): string {
  const root = element.getRootNode();
  const host = root instanceof ShadowRoot ? `${root.host.localName} > ` : '';
  return `${host}${element.localName}${element.className && typeof element.className === 'string' ? `.${element.className.trim().replaceAll(/\s+/g, '.')}` : ''}`;
}

function hasOwnText(element: Element): boolean {
  return [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim());
}

/** Drawn, and not only there for screen readers. */
function isSeen(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  return element.checkVisibility({ checkVisibilityCSS: true }) && width > 1 && height > 1;
}

/** Inline boxes have no width of their own. */
function blockOf(element: Element): Element {
  for (let each: Element | null = element; each; each = each.parentElement)
    if (getComputedStyle(each).display !== 'inline') return each;
  return element;
}

/** Shortened on purpose, and said in full by what it names, or by a title. */
function isShortened(box: Element, element: Element): boolean {
  if (getComputedStyle(box).textOverflow !== 'ellipsis') return false;
  const text = element.textContent?.trim() ?? '';
  for (let each: Element | null = element; each; each = parentOf(each)) {
    const full = `${each.getAttribute('aria-label') ?? ''} ${each.getAttribute('title') ?? ''}`;
    if (full.includes(text)) return true;
  }
  return false;
}

function parentOf(element: Element): Element | null {
  const root = element.getRootNode();
  return element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}
