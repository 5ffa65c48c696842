import { parseFragment, type DefaultTreeAdapterTypes as Tree } from 'parse5';

/** An element of a page, with its attributes. */
export interface HtmlElement {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Of a script. */
  readonly text: string;
  readonly parent: string;
}

/** All elements of a piece of HTML, and what the parser complains of. */
export function parseHtml(html: string): {
  readonly elements: readonly HtmlElement[];
  readonly errors: readonly string[];
} {
  const errors: string[] = [];
  const elements: HtmlElement[] = [];
  const onParseError = ({ code, startLine }: { code: string; startLine: number }): void =>
    void errors.push(`${code} in line ${startLine}`);
  const visit = (node: Tree.Node, parent: string): void => {
    const isElement = 'tagName' in node;
    if (isElement) {
      const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
      const text = node.childNodes.map((child) => ('value' in child ? child.value : '')).join('');
      elements.push({ tag: node.tagName, attributes, text, parent });
    }
    if ('childNodes' in node)
      for (const child of node.childNodes) visit(child, isElement ? node.tagName : parent);
  };
  visit(parseFragment(html, { onParseError, sourceCodeLocationInfo: true }), '');
  return { elements, errors };
}
