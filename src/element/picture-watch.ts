import { loadChunk } from '../base/load-chunk.js';
import { isActive, others } from '../domain/call-state.js';
import { announceLoadFailure } from '../ui/load-failure.js';
import { hintWords } from '../ui/notices/hint-words.js';
import type { CallTile } from '../ui/tile/tile.js';
import { watchForBlack } from './black-pictures.js';
import { isInView } from './in-view.js';
import type { JoinedCall } from './joined-call.js';

/** ms between two looks, and ms without a frame after which a picture stands still. */
const period = 1000;
const patience = 4000;

interface Watched {
  readonly video: HTMLVideoElement | null;
  readonly stream: MediaStream | null;
  /** Frames as of the last look: those the browser counts, and those that were seen drawn. */
  frames: number;
  drawn: number;
  /** Looks in a row that found new frames. */
  lively: number;
  /** When the last frame was seen, or the watch began. */
  at: number;
  attachedAnew: boolean;
}

/**
 * Notices pictures that are frozen or black, and those that nobody sees. Those of others that stand still it attaches them anew once,
 * and says so while that does not help.
 */
export function watchPictures(call: JoinedCall): void {
  const { view, session, signal } = call;
  const watched = new WeakMap<CallTile, Watched>();
  const watchBlack = watchForBlack(call);
  let spare: (() => Promise<void>) | undefined = async () => {
    spare = undefined;
    const { spareUnseen } = await loadChunk('unseen-pictures', () => import('./unseen-pictures.js'));
    if (!signal.aborted) spareUnseen(call);
  };
  const look = (): void => {
    const stage = view.renderRoot.querySelector('cometchat-call-stage');
    const tiles = [...(stage?.renderRoot.querySelectorAll('cometchat-call-tile') ?? [])];
    const state = session.store.get();
    if (!isActive(state)) return;
    const seen = tiles.filter(isInView).map(({ model }) => model?.participant.id);
    if (others(state).some(({ id }) => !seen.includes(id)))
      spare?.().catch((error: unknown) => announceLoadFailure(view, error));
    void watchBlack(tiles);
    for (const tile of tiles)
      if (isWatchable(tile)) judge(tile, watched);
      else {
        watched.delete(tile);
        tile.still = '';
      }
  };
  const timer = setInterval(look, period);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

/** Of a screen nothing moves for minutes; of what nobody sees browsers draw no frames. */
function isWatchable(tile: CallTile): boolean {
  const { model } = tile;
  if (!model || model.own || !model.picture || model.source !== 'camera' || model.link !== 'connected')
    return false;
  return isInView(tile);
}

function judge(tile: CallTile, watched: WeakMap<CallTile, Watched>): void {
  const video = tile.renderRoot.querySelector('video');
  const known = watched.get(tile);
  if (known?.video !== video || known.stream !== tile.stream) {
    watched.set(tile, beginning(video, tile.stream));
    tile.still = '';
    return;
  }
  const frames = framesOf(video) + known.drawn;
  known.lively = frames > known.frames ? known.lively + 1 : 0;
  known.frames = frames;
  const now = performance.now();
  // A picture that was attached anew shows its last frame once more: that is not life yet.
  if (known.lively > (known.attachedAnew ? 1 : 0)) {
    Object.assign(known, { at: now, attachedAnew: false });
    tile.still = '';
  }
  if (now - known.at < patience) return;
  if (known.attachedAnew || !video) {
    tile.still = hintWords(tile.words).pictureStill();
    return;
  }
  Object.assign(known, { at: now, attachedAnew: true });
  video.srcObject = null;
  video.srcObject = tile.stream;
}

function beginning(video: HTMLVideoElement | null, stream: MediaStream | null): Watched {
  const at = performance.now();
  const known = { video, stream, frames: framesOf(video), drawn: 0, lively: 0, at, attachedAnew: false };
  countDrawn(known);
  return known;
}

function framesOf(video: HTMLVideoElement | null): number {
  return video?.getVideoPlaybackQuality().totalVideoFrames ?? 0;
}

/** Not every browser counts the frames of a stream; a frame that was drawn is told by all. */
function countDrawn(known: Watched): void {
  const { video } = known;
  if (!video || !('requestVideoFrameCallback' in video)) return;
  const drawn = (): void => {
    known.drawn += 1;
    // A frame now and then is enough to know that it lives.
    if (video.isConnected) setTimeout(() => video.requestVideoFrameCallback(drawn), period / 2);
  };
  video.requestVideoFrameCallback(drawn);
}
