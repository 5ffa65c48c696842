import { isServer, LitElement, type CSSResult, type CSSResultGroup, type CSSResultOrNative } from 'lit';

/** A constructed style sheet belongs to the document it was made in; another document refuses it. */
const sheetsOf = new WeakMap<Document, Map<CSSResult, CSSStyleSheet>>();

/**
 * Base of every element here: it can be moved, while it lives, within its document (`moveBefore`) and into another one
 * (a Document picture-in-picture window) and keeps its styles and its state.
 */
export class PortableElement extends LitElement {
  private static sheets: readonly CSSResultOrNative[] = [];

  /**
   * Keeps the styles from Lit, which would adopt the sheets of the first document everywhere. On a server, Lit writes them
   * into the page, so that the element has its size before its script arrives.
   */
  protected static override finalizeStyles(styles?: CSSResultGroup): CSSResultOrNative[] {
    this.sheets = super.finalizeStyles(styles);
    return isServer ? [...this.sheets] : [];
  }

  #internals: ElementInternals | undefined;
  #styles = (this.constructor as typeof PortableElement).sheets;

  /** With this callback, `moveBefore` does not disconnect the element. Dispatches `moved` for those who need it. */
  connectedMoveCallback(): void {
    this.dispatchEvent(new Event('moved'));
  }

  /** The element came into another document. */
  adoptedCallback(): void {
    if (this.shadowRoot) adoptStyles(this.shadowRoot, this.#styles);
    this.dispatchEvent(new Event('adopted'));
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    // Of a server, where Lit's hydration, which would take it over, is not loaded.
    if (!('litElementHydrateSupport' in globalThis)) this.shadowRoot?.replaceChildren();
    const root = super.createRenderRoot();
    if (this.shadowRoot) adoptStyles(this.shadowRoot, this.#styles);
    return root;
  }

  /** Sets or clears a state that pages can select with `:state(name)`. */
  protected setCustomState(name: string, on: boolean): void {
    this.#internals ??= this.attachInternals();
    if (on) this.#internals.states.add(name);
    else this.#internals.states.delete(name);
  }

  /** Takes rules that the element needs from now on: before those it was made with. */
  protected adoptStyle(style: CSSResultOrNative): void {
    if (this.#styles.includes(style)) return;
    this.#styles = [style, ...this.#styles];
    if (this.shadowRoot) adoptStyles(this.shadowRoot, this.#styles);
  }
}

function adoptStyles(root: ShadowRoot, styles: readonly CSSResultOrNative[]): void {
  const { ownerDocument } = root;
  // A document without a window, such as that of a `<template>`, takes no sheets. The element is adopted once more on its way back.
  if (!ownerDocument.defaultView) return;
  root.adoptedStyleSheets = styles.map((style) =>
    'cssText' in style ? sheetFor(ownerDocument, style) : style,
  );
}

function sheetFor(ownerDocument: Document, style: CSSResult): CSSStyleSheet {
  const sheets = sheetsOf.get(ownerDocument) ?? new Map<CSSResult, CSSStyleSheet>();
  sheetsOf.set(ownerDocument, sheets);
  const known = sheets.get(style);
  if (known) return known;
  const sheet = new (ownerDocument.defaultView ?? globalThis).CSSStyleSheet();
  sheet.replaceSync(style.cssText);
  sheets.set(style, sheet);
  return sheet;
}
