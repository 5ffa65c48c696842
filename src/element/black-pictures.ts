import { isActive } from '../domain/call-state.js';
import { hintWords } from '../ui/notices/hint-words.js';
import type { CallTile } from '../ui/tile/tile.js';
import { changeHint } from './change-hint.js';
import { isInView } from './in-view.js';
import type { JoinedCall } from './joined-call.js';

/** Looks between two samples of a picture, and black samples in a row before it is said: about nine seconds. */
const rest = 3;
const proof = 4;

/**
 * What counts as black, of 0 to 255: no point lighter, no two points further apart. A lens that is covered gives less; a
 * dark room has a screen, a window or the noise of a camera that strains.
 */
const darkest = 22;
const flat = 8;

const width = 16;
const height = 9;

/** Notices cameras that give a black picture: asks the user whether their own is covered, and says it on the tile of others. */
export function watchForBlack(call: JoinedCall): (tiles: readonly CallTile[]) => void {
  const black = new WeakMap<CallTile, number>();
  const pen = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d', {
    willReadFrequently: true,
  });
  let looks = 0;
  let hinted = false;
  const hint = (on: boolean): void => {
    if (on === hinted) return;
    hinted = on;
    void changeHint(call, on ? undefined : 'camera-black', on ? 'camera-black' : undefined);
  };
  return (tiles) => {
    looks += 1;
    if (!pen || !isActive(call.session.store.get())) return;
    for (const [index, tile] of tiles.entries()) {
      if (!showsCamera(tile)) black.delete(tile);
      // One after the other, not all in one go.
      else if ((looks + index) % rest === 0)
        black.set(tile, isBlack(tile, pen) ? (black.get(tile) ?? 0) + 1 : 0);
      const proven = (black.get(tile) ?? 0) >= proof;
      if (!tile.model?.own) tile.dark = proven ? hintWords(tile.words).pictureBlack() : '';
    }
    const own = tiles.filter(({ model }) => model?.own && model.source === 'camera');
    hint(own.some((tile) => (black.get(tile) ?? 0) >= proof));
  };
}

function showsCamera(tile: CallTile): boolean {
  const { model } = tile;
  return model?.source === 'camera' && model.picture && model.link === 'connected' && isInView(tile);
}

function isBlack(tile: CallTile, pen: CanvasRenderingContext2D): boolean {
  const video = tile.renderRoot.querySelector('video');
  if (!video || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return false;
  pen.drawImage(video, 0, 0, width, height);
  const points = pen.getImageData(0, 0, width, height).data.filter((_, index) => index % 4 < 3);
  return Math.max(...points) <= darkest && Math.max(...points) - Math.min(...points) <= flat;
}
