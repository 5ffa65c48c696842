type PageWindow = Window & typeof globalThis;

/** The page's rules hold in the other window, too: of the document, and of the shadow trees that the element is in. */
export function copyStyles(host: Element, pip: PageWindow): void {
  for (
    let root = host.getRootNode();
    isTree(root);
    root = root instanceof ShadowRoot ? root.host.getRootNode() : root
  ) {
    copySheets(root, pip.document, pip);
    if (root instanceof Document) return;
  }
}

/** Makes the style sheets of a document or shadow tree anew for another window: sheets cannot be shared. */
export function copySheets(from: DocumentOrShadowRoot, to: Document | ShadowRoot, pip: PageWindow): void {
  const head = 'head' in to ? to.head : to;
  for (const sheet of from.styleSheets) {
    const { ownerNode } = sheet;
    const text = ownerNode instanceof HTMLLinkElement ? undefined : textOf(sheet);
    if (text === undefined || text.includes('@import ')) {
      const copy = ownerNode && pip.document.importNode(ownerNode, true);
      // Relative to the page, not to an empty window.
      if (copy && ownerNode instanceof HTMLLinkElement) (copy as HTMLLinkElement).href = ownerNode.href;
      if (copy) head.append(copy);
    } else to.adoptedStyleSheets.push(made(text, sheet, pip));
  }
  for (const sheet of from.adoptedStyleSheets)
    to.adoptedStyleSheets.push(made(textOf(sheet) ?? '', sheet, pip));
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
