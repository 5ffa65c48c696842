import { html, render } from 'lit';
import { withTimeout } from '../../base/with-timeout.js';
import type { CallView } from '../../ui/view/call-view.js';
import { icon } from '../../ui/base/icons/icon.js';
import { pictureInPicture2 } from '../../ui/base/icons/icons.js';
import { loadMenuCode } from '../../ui/menu/load-menu.js';
import { loadNotices } from '../../ui/notices/load-notices.js';
import { loadParticipantPanel } from '../../ui/view/wanted-parts.js';
import { createStandIn } from './stand-in.js';
import type { PipCall } from './pip-call.js';

/** Document Picture-in-Picture (WICG); not in TypeScript's library yet. */
export interface DocumentPictureInPicture {
  requestWindow(options: { readonly width: number; readonly height: number }): Promise<Window>;
}

/**
 * Moves the interface of a call into its own window. `<cometchat-call>` itself stays in the page: frameworks insert
 * and remove nodes around it, and must find it where they have put it.
 */
export async function openDocumentPip(
  api: DocumentPictureInPicture,
  { host, view, session }: PipCall,
  onClose: () => void,
): Promise<() => void> {
  const opening = Promise.all([api.requestWindow({ width: 400, height: 480 }), loadLateParts()]);
  const pip = (await opening)[0] as Window & typeof globalThis;
  if (pip.closed) {
    onClose();
    return () => undefined;
  }
  const lifetime = new AbortController();
  const place = placeholder(() => close(), view.words.pictureInPicture());
  const stage = createStandIn(pip, { host, store: session.store, signal: lifetime.signal });
  move(view, () => {
    view.replaceWith(place);
    stage.append(view);
  });
  const comeBack = (): void => {
    if (lifetime.signal.aborted) return;
    lifetime.abort();
    // Without the placeholder the call has been removed meanwhile.
    if (place.isConnected && view.isConnected) move(view, () => place.replaceWith(view));
    else place.remove();
    onClose();
  };
  const close = (): void => {
    // A closed window runs no callback of what is in it: the interface leaves first.
    comeBack();
    pip.close();
  };
  pip.addEventListener('pagehide', comeBack, { once: true });
  return close;
}

/** ms that the window may be empty for them. */
const lateMs = 3000;

/**
 * Loads the parts that are in the interface before their code is there. Firefox does not
 * upgrade an element in the shadow root of one that was moved to another document.
 */
function loadLateParts(): Promise<unknown> {
  const parts = [loadNotices(), loadMenuCode(), loadParticipantPanel()];
  // A failed load is reported when its command is used.
  return withTimeout(Promise.allSettled(parts), lateMs).catch(() => undefined);
}

/** Moves the interface; what has the focus in it keeps it. */
function move(view: CallView, act: () => void): void {
  let focused: Element | null = view.matches(':focus-within') ? view : null;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  act();
  if (focused instanceof HTMLElement && focused !== view) focused.focus();
}

/** What the page shows where the call was: the way back. */
function placeholder(comeBack: () => void, label: string): HTMLElement {
  const element = document.createElement('div');
  Object.assign(element.style, {
    position: 'absolute',
    inset: '0',
    display: 'grid',
    placeItems: 'center',
    background: 'var(--cometchat-surface)',
  });
  render(
    html`<button aria-label=${label} title=${label} aria-pressed="true" @click=${comeBack}>
      ${icon(pictureInPicture2)}
    </button>`,
    element,
  );
  const button = element.querySelector('button');
  if (button)
    Object.assign(button.style, {
      display: 'grid',
      placeItems: 'center',
      inlineSize: '4rem',
      blockSize: '4rem',
      border: '0',
      borderRadius: '50%',
      font: 'inherit',
      cursor: 'pointer',
      color: 'var(--cometchat-control-text)',
      background: 'var(--cometchat-control)',
    });
  const drawing = element.querySelector('svg');
  if (drawing)
    Object.assign(drawing.style, {
      inlineSize: '1.75rem',
      blockSize: '1.75rem',
      fill: 'none',
      stroke: 'currentcolor',
    });
  return element;
}
