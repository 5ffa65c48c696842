import { loadChunk } from '../../base/load-chunk.js';
import { isActive } from '../../domain/call/call-state.js';
import { controlRows } from '../../ui/controls/control-rows.js';
import type { CallView } from '../../ui/view/call-view.js';
import type { ControlBar } from '../../ui/controls/control-bar.js';
import { announceLoadFailure } from '../../ui/base/load-failure.js';
import type { EarlyKey } from './early-keys.js';
import type { JoinedCall } from '../call/connection/joined-call.js';
import { isTyping } from '../host/typing.js';

/** Handles single-key shortcuts while the focus or pointer is in the call, but not while the user types. */
export function handleHotkeys({ host, view, session, signal }: JoinedCall, takeKeys: () => EarlyKey[]): void {
  let enabled = true;
  let talkHandler: ((event: KeyboardEvent, target?: EventTarget) => void) | undefined;
  const loadPushToTalk = async (): Promise<void> => {
    const { pushToTalk } = await loadChunk('push-to-talk', () => import('./push-to-talk.js'));
    talkHandler = pushToTalk({ view, session, signal });
  };
  const failed = (error: unknown): void => announceLoadFailure(view, error);
  const onKey = (event: KeyboardEvent, path: readonly EventTarget[] = event.composedPath()): void => {
    const state = session.store.get();
    if (!view.settings.hotkeys && !view.settings.pushToTalk) return;
    if (event.defaultPrevented || !isActive(state) || state.idleEndsAt !== null) return;
    // In a picture-in-picture window another element stands in for the host.
    if (isTyping(event, (view.getRootNode() as Partial<ShadowRoot>).host ?? host, path)) return;
    if (event.key === ' ') {
      // Enabled during the call: works from the next key press.
      if (!talkHandler && view.settings.pushToTalk) loadPushToTalk().catch(failed);
      return talkHandler?.(event, path[0]);
    }
    if (event.repeat || !enabled || !view.settings.hotkeys) return;
    const bar = view.renderRoot.querySelector<ControlBar>('cometchat-call-controls');
    const key = keyOf(event);
    if (key === '?') showHelp();
    else if (!bar || !press(bar, key)) return;
    event.preventDefault();
  };
  const openHelp = async (): Promise<void> => {
    const { openShortcutHelp } = await loadChunk(
      'shortcut-help',
      () => import('../../ui/controls/shortcut-help.js'),
    );
    if (!signal.aborted)
      openShortcutHelp(view, { on: enabled, setEnabled: (next) => (enabled = next), signal });
  };
  const showHelp = (): void => void openHelp().catch(failed);
  view.addEventListener('shortcuts', showHelp, { signal });
  const begin = (): void => {
    if (signal.aborted) return;
    const listener = (event: KeyboardEvent): void => onKey(event);
    // The host itself can have the focus, and the view can be in a picture-in-picture window.
    for (const place of [host, view]) place.addEventListener('keydown', listener, { signal });
    whileAttended(view, listener, signal);
    for (const { event, path } of takeKeys()) onKey(event, path);
  };
  if (view.settings.pushToTalk)
    void loadPushToTalk()
      .catch(() => undefined)
      .then(begin);
  else begin();
}

/** Runs the action of the button with that key; returns whether there is one. */
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

/**
 * The focus may be elsewhere on the page while the pointer is over the call: then keys reach the document only. A
 * picture-in-picture window has nothing but the call in it.
 */
function whileAttended(view: CallView, onKey: (event: KeyboardEvent) => void, signal: AbortSignal): void {
  let hovered: AbortController | undefined;
  const leave = (): void => hovered?.abort();
  const enter = (): void => {
    leave();
    hovered = new AbortController();
    view.ownerDocument.addEventListener('keydown', onKey, { signal: hovered.signal });
  };
  const poll = (): void => {
    if (view.ownerDocument !== document || view.matches(':hover')) enter();
    else leave();
  };
  poll();
  view.addEventListener('pointerenter', enter, { signal });
  view.addEventListener('pointerleave', poll, { signal });
  view.addEventListener('adopted', poll, { signal });
  signal.addEventListener('abort', leave, { once: true });
}
