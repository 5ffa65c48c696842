import { isActive, remoteParticipantsOf, localParticipantOf } from '../../domain/call/call-state.js';
import type { ParticipantId } from '../../domain/call/participant.js';
import type { WantedVideo } from '../../domain/call/transport-grant.js';
import { isVisible } from './observe-visibility.js';
import type { JoinedCall } from '../call/connection/joined-call.js';

/** Poll interval, and time offscreen before video pauses; both in ms. The delay is for users who switch tabs quickly. */
const period = 1000;
const offscreenAfterMs = 5000;

/** Heights (px) that are asked for: in steps, so that a window that is resized does not ask for each size. */
const heights = [90, 180, 270, 360, 540, 720];

type Wanted = ReadonlyMap<ParticipantId, WantedVideo>;

/**
 * Asks every participant for video of the size at which it is shown, and for none while it is not visible: in a background
 * page, on another page of the grid, outside the visible part of the page. Who comes into view is asked at once.
 */
export function reportWantedVideo({ view, session, signal }: JoinedCall): void {
  const hiddenSince = new Map<ParticipantId, number>();
  let before: Wanted = new Map();
  const poll = (): void => {
    const visible = visibleVideo({ view, session });
    const state = session.store.get();
    const ids = isActive(state) ? remoteParticipantsOf(state).map(({ id }) => id) : [];
    const wanted = visible === 'all' ? new Map<ParticipantId, WantedVideo>() : new Map(visible);
    const now = performance.now();
    for (const id of [...hiddenSince.keys()])
      if (visible === 'all' || visible.has(id) || !ids.includes(id)) hiddenSince.delete(id);
    if (visible !== 'all')
      for (const id of ids) if (!visible.has(id)) keepOrPause(id, { hiddenSince, before, wanted, now });
    if (isSame(wanted, before)) return;
    before = wanted;
    session.media.setWanted(wanted);
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

/** A participant who is not visible is wanted as before for a while, then not at all. */
function keepOrPause(
  id: ParticipantId,
  {
    hiddenSince,
    before,
    wanted,
    now,
  }: {
    readonly hiddenSince: Map<ParticipantId, number>;
    readonly before: Wanted;
    readonly wanted: Map<ParticipantId, WantedVideo>;
    readonly now: number;
  },
): void {
  const since = hiddenSince.get(id) ?? now;
  hiddenSince.set(id, since);
  const asBefore = now - since >= offscreenAfterMs ? 'none' : before.get(id);
  if (asBefore) wanted.set(id, asBefore);
}

function isSame(one: Wanted, two: Wanted): boolean {
  return JSON.stringify([...one].sort()) === JSON.stringify([...two].sort());
}

/** The size of each participant's largest visible tile. `all` if a recording or the page may use any video. */
function visibleVideo({ view, session }: Pick<JoinedCall, 'view' | 'session'>): 'all' | Wanted {
  const state = session.store.get();
  if (!isActive(state) || localParticipantOf(state).recording || session.media.streamsExposed) return 'all';
  if (document.pictureInPictureElement) return 'all';
  const stage = view.renderRoot.querySelector('cometchat-call-stage');
  const tiles = [...(stage?.renderRoot.querySelectorAll('cometchat-call-tile') ?? [])].filter(isVisible);
  const wanted = new Map<ParticipantId, { readonly width: number; readonly height: number }>();
  for (const tile of tiles) {
    const id = tile.model?.participant.id;
    const size = sizeOf(tile);
    if (id !== undefined && size.height > (wanted.get(id)?.height ?? 0)) wanted.set(id, size);
  }
  return wanted;
}

/** The size of a tile in device pixels, rounded up to a step. A tile may crop its video, so both sides count. */
function sizeOf(tile: Element): { readonly width: number; readonly height: number } {
  const { width, height } = tile.getBoundingClientRect();
  const lines = Math.max(height, (width * 9) / 16) * devicePixelRatio;
  const rounded = heights.find((step) => step >= lines) ?? 1080;
  return { width: Math.round((rounded * 16) / 9), height: rounded };
}
