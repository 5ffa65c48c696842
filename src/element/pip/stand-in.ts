import type { Store } from '../../base/store.js';
import type { CallState } from '../../domain/call/call-state.js';
import { copySlotted } from './slotted-copies.js';
import { keepStyles } from './style-copies.js';
import { reflectStates } from '../host/host-states.js';

type PageWindow = Window & typeof globalThis;

interface StandInOptions {
  readonly host: HTMLElement;
  readonly store: Store<CallState>;
  readonly signal: AbortSignal;
}

/** The size is the window's; it overrides the page's rules for the element. */
const wholeWindow: Readonly<Record<string, string>> = {
  display: 'block',
  position: 'fixed',
  inset: '0',
  margin: '0',
  'inline-size': 'auto',
  'block-size': 'auto',
  'min-inline-size': '0',
  'min-block-size': '0',
  'max-inline-size': 'none',
  'max-block-size': 'none',
  transform: 'none',
};

/**
 * Puts a stand-in for `host` into an empty window, within copies of all that it is in: rules of the page for the element,
 * its parts and states, inherited properties, language and direction are the same there. Returns where its content goes.
 */
export function createStandIn(pip: PageWindow, { host, store, signal }: StandInOptions): Element {
  pip.document.title = document.title;
  const { standIn, setState } = createElement(pip, host);
  const root = standIn.attachShadow({ mode: 'open' });
  keepStyles(host, root, pip, signal);
  const stage = pip.document.createElement('div');
  stage.id = 'view';
  root.append(stage);
  surround(standIn, { host, pip, signal });
  copySlotted(host, standIn, signal);
  const reflect = (): void => reflectStates(setState, store.get());
  reflect();
  signal.addEventListener('abort', store.subscribe(reflect), { once: true });
  return stage;
}

/** Custom states need a defined element, and the window has its own registry. */
function createElement(
  pip: PageWindow,
  host: HTMLElement,
): { readonly standIn: HTMLElement; readonly setState: (name: string, holds: boolean) => void } {
  const name = host.localName;
  let states: CustomStateSet | undefined;
  pip.customElements.define(
    name,
    class extends pip.HTMLElement {
      constructor() {
        super();
        ({ states } = this.attachInternals());
      }
    },
  );
  const standIn = pip.document.createElement(name);
  const setState = (state: string, holds: boolean): void =>
    void (holds ? states?.add(state) : states?.delete(state));
  // A `<cometchat-call-button>` in a slot finds its call in the stand-in.
  for (const key of ['callState', 'callEvents'] as const)
    Object.defineProperty(standIn, key, { get: () => (host as unknown as Record<string, unknown>)[key] });
  return { standIn, setState };
}

/** Makes copies of the elements around the host, for the page's selectors and for what is inherited. */
function surround(
  standIn: HTMLElement,
  {
    host,
    pip,
    signal,
  }: { readonly host: HTMLElement; readonly pip: PageWindow; readonly signal: AbortSignal },
): void {
  const { documentElement, body } = pip.document;
  let inner: HTMLElement = standIn;
  for (const element of composedAncestors(host)) {
    if (element === host) continue;
    if (element === document.body || element === document.documentElement) continue;
    const copy = pip.document.createElement(element instanceof HTMLElement ? element.localName : 'div');
    keepAttributes(element, copy, { display: 'contents' }, signal);
    copy.append(inner);
    inner = copy;
  }
  keepAttributes(host, standIn, wholeWindow, signal);
  const plain = { margin: '0', padding: '0', overflow: 'hidden' };
  keepAttributes(document.documentElement, documentElement, plain, signal);
  keepAttributes(document.body, body, { ...plain, display: 'block' }, signal);
  body.append(inner);
}

/** Of another element, without what acts, hides or is unique. */
const leftOut = /^(on.*|style|hidden|inert|popover|open|slot|src|href|is)$/;

/** Gives `copy` the attributes of `original`, now and whenever they change, and the styles that it must have here. */
function keepAttributes(
  original: Element,
  copy: HTMLElement,
  style: Readonly<Record<string, string>>,
  signal: AbortSignal,
): void {
  const sync = (): void => {
    for (const { name } of [...copy.attributes]) if (!original.hasAttribute(name)) copy.removeAttribute(name);
    for (const { name, value } of original.attributes)
      if (!leftOut.test(name) && copy.getAttribute(name) !== value) copy.setAttribute(name, value);
    // By the object model, which a content security policy does not forbid.
    copy.style.cssText = original instanceof HTMLElement ? original.style.cssText : '';
    for (const [property, value] of Object.entries(style))
      copy.style.setProperty(property, value, 'important');
  };
  sync();
  const observer = new MutationObserver(sync);
  observer.observe(original, { attributes: true });
  signal.addEventListener('abort', () => observer.disconnect(), { once: true });
}

/** The element and all that it is in, from the inside out, through shadow trees. */
function* composedAncestors(element: Element): Generator<Element> {
  for (
    let node: Node | null = element;
    node;
    node = node.parentNode ?? (node as Partial<ShadowRoot>).host ?? null
  )
    if (node instanceof Element) yield node;
}
