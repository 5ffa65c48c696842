import { isIn } from './is-in.js';
import type { JoinedCall } from './joined-call.js';

/** What the space bar presses. */
const pressed = 'button, a[href], summary, [role=button]';

/** Unmutes while the space bar is held; does nothing for who is not muted. */
export function pushToTalk({
  view,
  session,
  signal,
}: Pick<JoinedCall, 'view' | 'session' | 'signal'>): (event: KeyboardEvent) => void {
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
