import { isActive } from '../domain/call-state.js';
import { controlRows } from '../ui/controls/control-rows.js';
import type { ControlBar } from '../ui/controls/control-bar.js';
import type { JoinedCall } from './joined-call.js';

/** Where a key is text, or the element's own business. */
const fields = 'input, textarea, select, [contenteditable], cometchat-call-menu, dialog';

/** What the space bar presses. */
const pressed = 'button, a[href], summary, [role=button]';

/** Obeys single keys while the focus or the pointer is in the call, and never while somebody types. */
export function obeyKeys({ host, view, session, signal }: JoinedCall): void {
  let on = true;
  const talk = pushToTalk({ host, view, session, signal });
  const onKey = (event: KeyboardEvent): void => {
    const state = session.store.get();
    const target = event.composedPath()[0];
    if (!view.settings.hotkeys && !view.settings.pushToTalk) return;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (!isActive(state) || state.idleEndsAt !== null) return;
    if (target instanceof Element && isIn(target, fields)) return;
    if (event.key === ' ') return talk(event);
    if (event.repeat || !on || !view.settings.hotkeys) return;
    const bar = view.renderRoot.querySelector<ControlBar>('cometchat-call-controls');
    const key = keyOf(event);
    if (key === '?') showHelp();
    else if (!bar || !press(bar, key)) return;
    event.preventDefault();
  };
  const help = async (): Promise<void> => {
    const { openShortcutHelp } = await import('../ui/help/shortcut-help.js');
    if (!signal.aborted) openShortcutHelp(view, { on, turn: (next) => (on = next), signal });
  };
  const showHelp = (): void => void help().catch(() => undefined);
  view.addEventListener('shortcuts', showHelp, { signal });
  host.addEventListener('keydown', onKey, { signal });
  whilePointerIsOver(host, onKey, signal);
}

/** Does what the button of that key does; tells whether there is one. */
function press(bar: ControlBar, key: string): boolean {
  const { context, actions } = bar;
  const row = controlRows.find((each) => each.key === key);
  if (!row || !context || !actions || !row.shown(context)) return false;
  if (row.byKey) row.byKey(actions, context);
  else bar.press(row, context, actions);
  return true;
}

/** The Latin letter on the key, also where the keyboard writes another script. */
function keyOf({ key, code }: KeyboardEvent): string {
  const isLatin = key.length === 1 && key.charCodeAt(0) < 128;
  return (isLatin ? key : code.replace('Key', '')).toLowerCase();
}

/** The focus may be elsewhere on the page: then keys reach the document only. */
function whilePointerIsOver(
  host: HTMLElement,
  onKey: (event: KeyboardEvent) => void,
  signal: AbortSignal,
): void {
  let over: AbortController | undefined;
  const leave = (): void => over?.abort();
  host.addEventListener(
    'pointerenter',
    () => {
      leave();
      over = new AbortController();
      host.ownerDocument.addEventListener('keydown', onKey, { signal: over.signal });
    },
    { signal },
  );
  host.addEventListener('pointerleave', leave, { signal });
  signal.addEventListener('abort', leave, { once: true });
}

/** Unmutes while the space bar is held; does nothing for who is not muted. */
function pushToTalk({ view, session, signal }: JoinedCall): (event: KeyboardEvent) => void {
  let held: AbortController | undefined;
  return (event) => {
    const target = event.composedPath()[0];
    const onButton = target instanceof Element && isIn(target, pressed) && target.matches(':focus-visible');
    if (!view.settings.pushToTalk || onButton) return;
    if (held || event.repeat) return held && event.preventDefault();
    if (session.store.get().local.microphone.wanted) return;
    event.preventDefault();
    const page = view.ownerDocument;
    const hold = (held = new AbortController());
    const release = (end: Event): void => {
      if (end instanceof KeyboardEvent && end.key !== ' ') return;
      end.preventDefault();
      hold.abort();
      held = undefined;
      session.muteAudio(true);
    };
    page.addEventListener('keyup', release, { capture: true, signal: hold.signal });
    page.defaultView?.addEventListener('blur', release, { signal: hold.signal });
    signal.addEventListener('abort', () => hold.abort(), { once: true, signal: hold.signal });
    session.muteAudio(false);
  };
}

/** Like `closest`, through the shadow trees around. */
function isIn(element: Element, selector: string): boolean {
  if (element.closest(selector)) return true;
  const root = element.getRootNode();
  return root instanceof ShadowRoot && isIn(root.host, selector);
}
