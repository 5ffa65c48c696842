import { isActive } from '../../domain/call/call-state.js';
import { isWithin } from './closest-composed.js';
import type { JoinedCall } from '../call/connection/joined-call.js';

/** What the space bar presses when the keyboard brought the focus there. */
const pressable = 'button, a[href], [role~=button], [role~=link]';

/** What the space bar switches, opens or plays. */
const switched =
  'input, summary, video[controls], audio[controls], [role~=checkbox], [role~=switch], [role~=radio], [role~=tab]';

/** Unmutes while the space bar is held; does nothing if the microphone is not muted. */
export function pushToTalk({
  view,
  session,
  signal,
}: Pick<JoinedCall, 'view' | 'session' | 'signal'>): (event: KeyboardEvent, target?: EventTarget) => void {
  let holding: AbortController | undefined;
  const current = (code: string): void => {
    const lifetime = (holding = new AbortController());
    const release = (): void => {
      if (lifetime.signal.aborted) return;
      lifetime.abort();
      holding = undefined;
      session.commands.muteAudio(true);
    };
    whenReleased({ view, code, release, signal: lifetime.signal });
    const { pictureInPicture } = view.state as { readonly pictureInPicture?: boolean };
    let open = false;
    const stop = session.store.subscribe((state) => {
      const { wanted } = state.local.microphone;
      // Muted by another button, or moved to another window, which gets the keys from now on.
      if (!isActive(state) || state.pictureInPicture !== pictureInPicture || (open && !wanted)) release();
      open ||= wanted;
    });
    lifetime.signal.addEventListener('abort', stop, { once: true });
    signal.addEventListener('abort', release, { once: true, signal: lifetime.signal });
    session.commands.muteAudio(false);
  };
  return (event, target = event.composedPath()[0]) => {
    if (!view.settings.pushToTalk || isControl(target as Element)) return;
    if (holding || event.repeat) return holding && event.preventDefault();
    if (session.store.get().local.microphone.wanted) return;
    event.preventDefault();
    current(event.code);
  };
}

function isControl(target: Element): boolean {
  if (!('matches' in target)) return false;
  return isWithin(target, switched) || (isWithin(target, pressable) && target.matches(':focus-visible'));
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
  const { ownerDocument } = view;
  const onKey = (event: KeyboardEvent): void => {
    // With Alt the space bar may give another character. While Meta is held, macOS reports no key that goes up.
    const isUp = event.type === 'keyup' && (event.key === ' ' || event.code === code);
    if (isUp) event.preventDefault();
    if (isUp || event.metaKey) release();
  };
  const window = ownerDocument.defaultView ?? globalThis;
  window.addEventListener('keyup', onKey, { capture: true, signal });
  window.addEventListener('keydown', onKey, { capture: true, signal });
  // The keys go to another window, to a frame, to the system's menu, or to what is dragged.
  window.addEventListener('blur', release, { signal });
  window.addEventListener('pagehide', release, { signal });
  ownerDocument.addEventListener('visibilitychange', release, { signal });
  window.addEventListener('contextmenu', release, { capture: true, signal });
  window.addEventListener('dragstart', release, { capture: true, signal });
}
