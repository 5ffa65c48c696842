import { hintWords } from '../../ui/notices/hint-words.js';
import type { CallTile } from '../../ui/tile/tile.js';
import { brightnessOf } from './brightness.js';
import { replaceHint } from './change-hint.js';
import { isVisible } from './observe-visibility.js';
import type { JoinedCall } from '../call/connection/joined-call.js';

/** Polls between two samples of the local video, and consecutive black samples before a notice: about nine seconds. */
const sampleInterval = 3;
const requiredSamples = 4;

/**
 * What counts as black, of 0 to 255: no point lighter, no two points further apart. A lens that is covered gives less; a
 * dark room has a screen, a window or the noise of a camera that strains.
 */
const maxLuma = 22;
const maxContrast = 8;

/**
 * Detects a local camera that shows only black: hints that it may be covered, and notifies the other participants. Tiles
 * show what remote participants report; the pixels of received video are never read.
 */
export function detectBlackFrames(call: JoinedCall): (tiles: readonly CallTile[]) => Promise<void> {
  let ticks = 0;
  let blackSamples = 0;
  let notified = false;
  const notify = (on: boolean): void => {
    if (on === notified || call.signal.aborted) return;
    notified = on;
    call.session.reportBlackCamera(on);
    void replaceHint(call, on ? undefined : 'camera-black', on ? 'camera-black' : undefined);
  };
  return async (tiles) => {
    ticks += 1;
    for (const tile of tiles) if (!tile.model?.isLocal) tile.blackNotice = blackNoticeFor(tile);
    const local = tiles.find(({ model }) => model?.isLocal && model.source === 'camera');
    if (!local || !isShowingCamera(local) || !isVisible(local)) blackSamples = 0;
    else if (ticks % sampleInterval === 0) blackSamples = (await isBlack(local)) ? blackSamples + 1 : 0;
    notify(blackSamples >= requiredSamples);
  };
}

function isShowingCamera({ model }: CallTile): boolean {
  return model?.source === 'camera' && model.hasVideo && model.link === 'connected';
}

function blackNoticeFor(tile: CallTile): string {
  const blackSamples = isShowingCamera(tile) && tile.model?.participant.cameraBlack;
  return blackSamples ? hintWords(tile.words).videoBlack() : '';
}

async function isBlack(tile: CallTile): Promise<boolean> {
  const video = tile.renderRoot.querySelector('video');
  if (!video || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return false;
  const points = await brightnessOf(video);
  return (
    !!points && Math.max(...points) <= maxLuma && Math.max(...points) - Math.min(...points) <= maxContrast
  );
}
