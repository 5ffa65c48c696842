type PageWindow = Window & typeof globalThis;

/** ms between two looks for new rules: neither inserted rules nor adopted sheets raise an event. */
const period = 1000;

/**
 * The page's rules hold in the other window, too: of the document, of the shadow trees that the element is in, and of its
 * own, whose copies go to `own`. What the page adds later is added there as well.
 */
export function keepStyles(host: Element, own: ShadowRoot, pip: PageWindow, signal: AbortSignal): void {
  let copied = '';
  let nodes: readonly Node[] = [];
  const sync = (): void => {
    const trees = treesAround(host);
    const current = [...trees, host.shadowRoot].map((tree) => tree && summaryOf(tree)).join();
    if (current === copied) return;
    copied = current;
    const before = nodes;
    pip.document.adoptedStyleSheets = [];
    own.adoptedStyleSheets = [];
    nodes = [
      ...trees.flatMap((tree) => copySheets(tree, pip.document, pip)),
      ...(host.shadowRoot ? copySheets(host.shadowRoot, own, pip) : []),
    ];
    for (const node of before) node.parentNode?.removeChild(node);
  };
  sync();
  const timer = setInterval(sync, period);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

function treesAround(host: Element): readonly (Document | ShadowRoot)[] {
  const trees: (Document | ShadowRoot)[] = [];
  let root = host.getRootNode();
  for (; isTree(root); root = root.host.getRootNode()) {
    trees.push(root);
    if (root instanceof Document) break;
  }
  return trees;
}

/** Differs when sheets or rules were added or removed. */
function summaryOf(tree: DocumentOrShadowRoot): string {
  const sheets = [...tree.styleSheets, ...tree.adoptedStyleSheets];
  return sheets
    .map((sheet) => `${sheet.href ?? ''} ${String(sheet.disabled)} ${textOf(sheet)?.length ?? ''}`)
    .join('|');
}

/** Makes the style sheets of a tree anew for another window: sheets cannot be shared. Returns the copied elements. */
function copySheets(from: DocumentOrShadowRoot, to: Document | ShadowRoot, pip: PageWindow): Node[] {
  const head = 'head' in to ? to.head : to;
  const copies: Node[] = [];
  for (const sheet of from.styleSheets) {
    const { ownerNode } = sheet;
    const text = ownerNode instanceof HTMLLinkElement ? undefined : textOf(sheet);
    if (text === undefined || text.includes('@import ')) {
      const copy = ownerNode && pip.document.importNode(ownerNode, true);
      // Relative to the page, not to an empty window.
      if (copy && ownerNode instanceof HTMLLinkElement) (copy as HTMLLinkElement).href = ownerNode.href;
      if (copy) copies.push(head.appendChild(copy));
    } else to.adoptedStyleSheets.push(made(text, sheet, pip));
  }
  for (const sheet of from.adoptedStyleSheets)
    to.adoptedStyleSheets.push(made(textOf(sheet) ?? '', sheet, pip));
  return copies;
}

function made(text: string, { media, disabled }: CSSStyleSheet, pip: PageWindow): CSSStyleSheet {
  const sheet = new pip.CSSStyleSheet({ baseURL: document.baseURI, media: media.mediaText, disabled });
  sheet.replaceSync(text);
  return sheet;
}

/** With the rules that code has inserted; `undefined` where the page may not read them. */
function textOf(sheet: CSSStyleSheet): string | undefined {
  try {
    return [...sheet.cssRules].map(({ cssText }) => cssText).join('\n');
  } catch {
    return undefined;
  }
}

const isTree = (root: Node): root is Document | ShadowRoot =>
  root instanceof Document || root instanceof ShadowRoot;
