import { hintWords } from '../ui/notices/hint-words.js';
import type { CallTile } from '../ui/tile/tile.js';
import { brightnessOf } from './brightness.js';
import { changeHint } from './change-hint.js';
import { isInView } from './in-view.js';
import type { JoinedCall } from './joined-call.js';

/** Looks between two samples of the own picture, and black samples in a row before it is said: about nine seconds. */
const rest = 3;
const proof = 4;

/**
 * What counts as black, of 0 to 255: no point lighter, no two points further apart. A lens that is covered gives less; a
 * dark room has a screen, a window or the noise of a camera that strains.
 */
const darkest = 22;
const flat = 8;

/**
 * Notices when the own camera gives a black picture: asks the user whether it is covered, and tells the others. What
 * others told of theirs is said on their tiles: nobody reads the pixels of pictures that were received.
 */
export function watchForBlack(call: JoinedCall): (tiles: readonly CallTile[]) => Promise<void> {
  let looks = 0;
  let black = 0;
  let told = false;
  const tell = (on: boolean): void => {
    if (on === told || call.signal.aborted) return;
    told = on;
    call.session.reportBlackCamera(on);
    void changeHint(call, on ? undefined : 'camera-black', on ? 'camera-black' : undefined);
  };
  return async (tiles) => {
    looks += 1;
    for (const tile of tiles) if (!tile.model?.own) tile.dark = toldBlack(tile);
    const own = tiles.find(({ model }) => model?.own && model.source === 'camera');
    if (!own || !showsCamera(own) || !isInView(own)) black = 0;
    else if (looks % rest === 0) black = (await isBlack(own)) ? black + 1 : 0;
    tell(black >= proof);
  };
}

function showsCamera({ model }: CallTile): boolean {
  return model?.source === 'camera' && model.picture && model.link === 'connected';
}

function toldBlack(tile: CallTile): string {
  const black = showsCamera(tile) && tile.model?.participant.cameraBlack;
  return black ? hintWords(tile.words).pictureBlack() : '';
}

async function isBlack(tile: CallTile): Promise<boolean> {
  const video = tile.renderRoot.querySelector('video');
  if (!video || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return false;
  const points = await brightnessOf(video);
  return !!points && Math.max(...points) <= darkest && Math.max(...points) - Math.min(...points) <= flat;
}
