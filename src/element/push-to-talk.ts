import { isActive } from '../domain/call-state.js';
import { isIn } from './is-in.js';
import type { JoinedCall } from './joined-call.js';

/** What the space bar presses when the keyboard brought the focus there. */
const pressed = 'button, a[href], [role~=button], [role~=link]';

/** What the space bar switches, opens or plays. */
const switched =
  'input, summary, video[controls], audio[controls], [role~=checkbox], [role~=switch], [role~=radio], [role~=tab]';

/** Unmutes while the space bar is held; does nothing for who is not muted. */
export function pushToTalk({
  view,
  session,
  signal,
}: Pick<JoinedCall, 'view' | 'session' | 'signal'>): (event: KeyboardEvent, target?: EventTarget) => void {
  let held: AbortController | undefined;
  const hold = (code: string): void => {
    const life = (held = new AbortController());
    const release = (): void => {
      if (life.signal.aborted) return;
      life.abort();
      held = undefined;
      session.muteAudio(true);
    };
    whenReleased({ view, code, release, signal: life.signal });
    const { pictureInPicture } = view.state as { readonly pictureInPicture?: boolean };
    let open = false;
    const stop = session.store.subscribe((state) => {
      const { wanted } = state.local.microphone;
      // Muted by another button, or moved to another window, which gets the keys from now on.
      if (!isActive(state) || state.pictureInPicture !== pictureInPicture || (open && !wanted)) release();
      open ||= wanted;
    });
    life.signal.addEventListener('abort', stop, { once: true });
    signal.addEventListener('abort', release, { once: true, signal: life.signal });
    session.muteAudio(false);
  };
  return (event, target = event.composedPath()[0]) => {
    if (!view.settings.pushToTalk || isControl(target as Element)) return;
    if (held || event.repeat) return held && event.preventDefault();
    if (session.store.get().local.microphone.wanted) return;
    event.preventDefault();
    hold(event.code);
  };
}

function isControl(target: Element): boolean {
  if (!('matches' in target)) return false;
  return isIn(target, switched) || (isIn(target, pressed) && target.matches(':focus-visible'));
}

/** The key goes up, or will do so where the page does not learn of it. */
function whenReleased({
  view,
  code,
  release,
  signal,
}: {
  readonly view: Element;
  readonly code: string;
  readonly release: () => void;
  readonly signal: AbortSignal;
}): void {
  const { ownerDocument: page } = view;
  const onKey = (event: KeyboardEvent): void => {
    // With Alt the space bar may give another character. While Meta is held, macOS reports no key that goes up.
    const isUp = event.type === 'keyup' && (event.key === ' ' || event.code === code);
    if (isUp) event.preventDefault();
    if (isUp || event.metaKey) release();
  };
  const window = page.defaultView ?? globalThis;
  window.addEventListener('keyup', onKey, { capture: true, signal });
  window.addEventListener('keydown', onKey, { capture: true, signal });
  // The keys go to another window, to a frame, to the system's menu, or to what is dragged.
  window.addEventListener('blur', release, { signal });
  window.addEventListener('pagehide', release, { signal });
  page.addEventListener('visibilitychange', release, { signal });
  window.addEventListener('contextmenu', release, { capture: true, signal });
  window.addEventListener('dragstart', release, { capture: true, signal });
}
