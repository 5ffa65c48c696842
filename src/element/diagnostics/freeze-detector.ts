import { loadChunk } from '../../base/load-chunk.js';
import { isActive, remoteParticipantsOf } from '../../domain/call/call-state.js';
import { announceLoadFailure } from '../../ui/base/load-failure.js';
import { hintWords } from '../../ui/notices/hint-words.js';
import type { CallTile } from '../../ui/tile/tile.js';
import { detectBlackFrames } from './black-frame-detector.js';
import { isVisible } from './observe-visibility.js';
import type { JoinedCall } from '../call/connection/joined-call.js';

/** Poll interval, and time without a new frame after which video is frozen; both in ms. */
const period = 1000;
const freezeAfterMs = 4000;

interface TilePlayback {
  readonly video: HTMLVideoElement | null;
  readonly stream: MediaStream | null;
  /** Frames as of the last poll: those the browser counts, and those observed as drawn. */
  frames: number;
  rendered: number;
  /** Looks in a row that found new frames. */
  advancing: number;
  /** When the last frame was seen, or the watch began. */
  at: number;
  reattached: boolean;
}

/**
 * Detects frozen, black and offscreen video. Reattaches frozen remote video once, and shows a notice while that does not
 * help.
 */
export function detectFreezes(call: JoinedCall): void {
  const { view, session, signal } = call;
  const playback = new WeakMap<CallTile, TilePlayback>();
  const detectBlack = detectBlackFrames(call);
  let reportWanted: (() => Promise<void>) | undefined = async () => {
    reportWanted = undefined;
    const { reportWantedVideo } = await loadChunk('wanted-video', () => import('./wanted-video.js'));
    if (!signal.aborted) reportWantedVideo(call);
  };
  const poll = (): void => {
    const stage = view.renderRoot.querySelector('cometchat-call-stage');
    const tiles = [...(stage?.renderRoot.querySelectorAll('cometchat-call-tile') ?? [])];
    const callState = session.store.get();
    if (!isActive(callState)) return;
    const visible = tiles.filter(isVisible).map(({ model }) => model?.participant.id);
    const remote = remoteParticipantsOf(callState);
    // In a call of two, the other one is large and visible.
    if (remote.length > 1 || remote.some(({ id }) => !visible.includes(id)))
      reportWanted?.().catch((error: unknown) => announceLoadFailure(view, error));
    void detectBlack(tiles);
    for (const tile of tiles)
      if (canFreeze(tile)) evaluate(tile, playback);
      else {
        playback.delete(tile);
        tile.freezeNotice = '';
      }
  };
  const timer = setInterval(poll, period);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

/** A shared screen may not change for minutes, and browsers draw no frames of offscreen video. */
function canFreeze(tile: CallTile): boolean {
  const { model } = tile;
  if (!model || model.isLocal || !model.hasVideo || model.source !== 'camera' || model.link !== 'connected')
    return false;
  return isVisible(tile);
}

function evaluate(tile: CallTile, playback: WeakMap<CallTile, TilePlayback>): void {
  const video = tile.renderRoot.querySelector('video');
  const state = playback.get(tile);
  if (state?.video !== video || state.stream !== tile.stream) {
    playback.set(tile, newPlayback(video, tile.stream));
    tile.freezeNotice = '';
    return;
  }
  const frames = framesOf(video) + state.rendered;
  state.advancing = frames > state.frames ? state.advancing + 1 : 0;
  state.frames = frames;
  const now = performance.now();
  // Reattached video shows its last frame once more, which does not count as a new frame.
  if (state.advancing > (state.reattached ? 1 : 0)) {
    Object.assign(state, { at: now, reattached: false });
    tile.freezeNotice = '';
  }
  if (now - state.at < freezeAfterMs) return;
  if (state.reattached || !video) {
    tile.freezeNotice = hintWords(tile.words).videoFrozen();
    return;
  }
  Object.assign(state, { at: now, reattached: true });
  video.srcObject = null;
  video.srcObject = tile.stream;
}

function newPlayback(video: HTMLVideoElement | null, stream: MediaStream | null): TilePlayback {
  const at = performance.now();
  const state = { video, stream, frames: framesOf(video), rendered: 0, advancing: 0, at, reattached: false };
  countRenderedFrames(state);
  return state;
}

function framesOf(video: HTMLVideoElement | null): number {
  return video?.getVideoPlaybackQuality().totalVideoFrames ?? 0;
}

/** Not every browser counts the frames of a stream, but all report a drawn frame. */
function countRenderedFrames(state: TilePlayback): void {
  const { video } = state;
  if (!video || !('requestVideoFrameCallback' in video)) return;
  const onFrame = (): void => {
    // Asking for a frame makes the page draw one, so only those are asked that do not count.
    if (framesOf(video) > 0) return;
    state.rendered += 1;
    // A frame now and then is enough to know that it lives.
    if (video.isConnected) setTimeout(() => video.requestVideoFrameCallback(onFrame), period / 2);
  };
  video.requestVideoFrameCallback(onFrame);
}
