import { isActive, remoteParticipantsOf, localParticipantOf } from '../../domain/call/call-state.js';
import type { ParticipantId } from '../../domain/call/participant.js';
import { isVisible } from './observe-visibility.js';
import type { JoinedCall } from '../call/joined-call.js';

/** Poll interval, and time offscreen before video pauses; both in ms. The delay is for users who switch tabs quickly. */
const period = 1000;
const offscreenAfterMs = 5000;

/**
 * Lets nobody send pictures that are not seen: of a page in the background, on another page of the grid, outside the part
 * of the page that shows. Who comes into view is asked for at once.
 */
export function pauseOffscreenVideo({ view, session, signal }: JoinedCall): void {
  const hiddenSince = new Map<ParticipantId, number>();
  let lastPaused = '';
  const poll = (): void => {
    const visible = visibleParticipants({ view, session });
    const now = performance.now();
    const state = session.store.get();
    const ids = isActive(state) ? remoteParticipantsOf(state).map(({ id }) => id) : [];
    for (const id of [...hiddenSince.keys()])
      if (visible === 'all' || visible.has(id) || !ids.includes(id)) hiddenSince.delete(id);
    if (visible !== 'all')
      for (const id of ids) if (!visible.has(id) && !hiddenSince.has(id)) hiddenSince.set(id, now);
    const paused = [...hiddenSince].filter(([, at]) => now - at >= offscreenAfterMs).map(([id]) => id);
    if (paused.join() === lastPaused) return;
    lastPaused = paused.join();
    session.pauseRemoteVideo(new Set(paused));
  };
  const pollAfterRender = (): void => {
    const stage = view.renderRoot.querySelector('cometchat-call-stage');
    void view.updateComplete.then(() => stage?.updateComplete).then(() => signal.aborted || poll());
  };
  const timer = setInterval(poll, period);
  const stop = session.store.subscribe(pollAfterRender);
  document.addEventListener('visibilitychange', poll, { signal });
  // The pager.
  view.addEventListener('click', pollAfterRender, { signal });
  signal.addEventListener(
    'abort',
    () => {
      clearInterval(timer);
      stop();
    },
    { once: true },
  );
  poll();
}

/** The participants whose video may be visible. A recording or the page may use any of them. */
function visibleParticipants({
  view,
  session,
}: Pick<JoinedCall, 'view' | 'session'>): 'all' | ReadonlySet<ParticipantId> {
  const state = session.store.get();
  if (!isActive(state) || localParticipantOf(state).recording || session.streamsExposed) return 'all';
  if (document.pictureInPictureElement) return 'all';
  const stage = view.renderRoot.querySelector('cometchat-call-stage');
  const tiles = [...(stage?.renderRoot.querySelectorAll('cometchat-call-tile') ?? [])];
  return new Set(tiles.filter(isVisible).flatMap(({ model }) => model?.participant.id ?? []));
}
