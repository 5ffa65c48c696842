import { loadChunk } from '../base/load-chunk.js';
import { isActive } from '../domain/call-state.js';
import { controlRows } from '../ui/controls/control-rows.js';
import type { CallView } from '../ui/call-view.js';
import type { ControlBar } from '../ui/controls/control-bar.js';
import { announceLoadFailure } from '../ui/load-failure.js';
import type { EarlyKey } from './early-keys.js';
import type { JoinedCall } from './joined-call.js';
import { isTyping } from './typing.js';

/** Obeys single keys while the focus or the pointer is in the call, and never while somebody types. */
export function obeyKeys({ host, view, session, signal }: JoinedCall, takeKeys: () => EarlyKey[]): void {
  let on = true;
  let talk: ((event: KeyboardEvent, target?: EventTarget) => void) | undefined;
  const loadTalk = async (): Promise<void> => {
    const { pushToTalk } = await loadChunk('push-to-talk', () => import('./push-to-talk.js'));
    talk = pushToTalk({ view, session, signal });
  };
  const failed = (error: unknown): void => announceLoadFailure(view, error);
  const onKey = (event: KeyboardEvent, path: readonly EventTarget[] = event.composedPath()): void => {
    const state = session.store.get();
    if (!view.settings.hotkeys && !view.settings.pushToTalk) return;
    if (event.defaultPrevented || !isActive(state) || state.idleEndsAt !== null) return;
    // In a picture-in-picture window another element stands in for the host.
    if (isTyping(event, (view.getRootNode() as Partial<ShadowRoot>).host ?? host, path)) return;
    if (event.key === ' ') {
      // Switched on during the call: the next press is heard.
      if (!talk && view.settings.pushToTalk) loadTalk().catch(failed);
      return talk?.(event, path[0]);
    }
    if (event.repeat || !on || !view.settings.hotkeys) return;
    const bar = view.renderRoot.querySelector<ControlBar>('cometchat-call-controls');
    const key = keyOf(event);
    if (key === '?') showHelp();
    else if (!bar || !press(bar, key)) return;
    event.preventDefault();
  };
  const help = async (): Promise<void> => {
    const { openShortcutHelp } = await loadChunk(
      'shortcut-help',
      () => import('../ui/help/shortcut-help.js'),
    );
    if (!signal.aborted) openShortcutHelp(view, { on, turn: (next) => (on = next), signal });
  };
  const showHelp = (): void => void help().catch(failed);
  view.addEventListener('shortcuts', showHelp, { signal });
  const begin = (): void => {
    if (signal.aborted) return;
    const listener = (event: KeyboardEvent): void => onKey(event);
    view.addEventListener('keydown', listener, { signal });
    whileAttended(view, listener, signal);
    for (const { event, path } of takeKeys()) onKey(event, path);
  };
  if (view.settings.pushToTalk)
    void loadTalk()
      .catch(() => undefined)
      .then(begin);
  else begin();
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

/**
 * The focus may be elsewhere on the page while the pointer is over the call: then keys reach the document only. A
 * picture-in-picture window has nothing but the call in it.
 */
function whileAttended(view: CallView, onKey: (event: KeyboardEvent) => void, signal: AbortSignal): void {
  let over: AbortController | undefined;
  const leave = (): void => over?.abort();
  const enter = (): void => {
    leave();
    over = new AbortController();
    view.ownerDocument.addEventListener('keydown', onKey, { signal: over.signal });
  };
  const look = (): void => {
    if (view.ownerDocument !== document || view.matches(':hover')) enter();
    else leave();
  };
  look();
  view.addEventListener('pointerenter', enter, { signal });
  view.addEventListener('pointerleave', look, { signal });
  view.addEventListener('adopted', look, { signal });
  signal.addEventListener('abort', leave, { once: true });
}
