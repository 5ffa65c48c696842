import { isActive, others, self } from '../domain/call-state.js';
import type { ParticipantId } from '../domain/participant.js';
import { isInView } from './in-view.js';
import type { JoinedCall } from './joined-call.js';

/** ms between two looks, and ms that somebody goes unseen before their picture need not be sent: tabs are flipped through. */
const period = 1000;
const patience = 5000;

/**
 * Lets nobody send pictures that are not seen: of a page in the background, on another page of the grid, outside the part
 * of the page that shows. Who comes into view is asked for at once.
 */
export function spareUnseen({ view, session, signal }: JoinedCall): void {
  const since = new Map<ParticipantId, number>();
  let told = '';
  const look = (): void => {
    const seen = seenNow({ view, session });
    const now = performance.now();
    const state = session.store.get();
    const ids = isActive(state) ? others(state).map(({ id }) => id) : [];
    for (const id of [...since.keys()])
      if (seen === 'all' || seen.has(id) || !ids.includes(id)) since.delete(id);
    if (seen !== 'all') for (const id of ids) if (!seen.has(id) && !since.has(id)) since.set(id, now);
    const spared = [...since].filter(([, at]) => now - at >= patience).map(([id]) => id);
    if (spared.join() === told) return;
    told = spared.join();
    session.ignorePictures(new Set(spared));
  };
  const lookWhenDrawn = (): void => {
    const stage = view.renderRoot.querySelector('cometchat-call-stage');
    void view.updateComplete.then(() => stage?.updateComplete).then(() => signal.aborted || look());
  };
  const timer = setInterval(look, period);
  const stop = session.store.subscribe(lookWhenDrawn);
  document.addEventListener('visibilitychange', look, { signal });
  // The pager.
  view.addEventListener('click', lookWhenDrawn, { signal });
  signal.addEventListener(
    'abort',
    () => {
      clearInterval(timer);
      stop();
    },
    { once: true },
  );
  look();
}

/** Whose pictures somebody may be looking at; what a recording or the page itself takes, nobody here knows. */
function seenNow({
  view,
  session,
}: Pick<JoinedCall, 'view' | 'session'>): 'all' | ReadonlySet<ParticipantId> {
  const state = session.store.get();
  if (!isActive(state) || self(state).recording || session.streamsTaken) return 'all';
  if (document.pictureInPictureElement) return 'all';
  const stage = view.renderRoot.querySelector('cometchat-call-stage');
  const tiles = [...(stage?.renderRoot.querySelectorAll('cometchat-call-tile') ?? [])];
  return new Set(tiles.filter(isInView).flatMap(({ model }) => model?.participant.id ?? []));
}
