import { log } from '../../base/logger.js';
import type { CallTile } from '../../ui/tile/tile.js';
import type { CallView } from '../../ui/view/call-view.js';

/** Shows the most important video of the call in the browser's picture-in-picture window. */
export async function openVideoPip(view: CallView, onClose: () => void): Promise<() => void> {
  const video = bestVideo(view);
  if (!video) throw new TypeError('There is no video to show.');
  // Set to hide the browser's button on every tile; it would also block the request.
  video.disablePictureInPicture = false;
  try {
    await video.requestPictureInPicture();
  } catch (error) {
    video.disablePictureInPicture = true;
    throw error;
  }
  video.addEventListener(
    'leavepictureinpicture',
    () => {
      video.disablePictureInPicture = true;
      onClose();
    },
    { once: true },
  );
  return () => {
    if (document.pictureInPictureElement === null) return;
    document.exitPictureInPicture().catch((error: unknown) => log('call').debug(error));
  };
}

/** Pinned, a shared screen, in front, speaking, another participant: in this order; then the largest. */
function bestVideo(view: CallView): HTMLVideoElement | undefined {
  const stage = view.renderRoot.querySelector('cometchat-call-stage');
  const tiles = [...(stage?.renderRoot.querySelectorAll('cometchat-call-tile') ?? [])];
  const videos = tiles.flatMap((tile) => {
    const video = tile.renderRoot.querySelector('video');
    // The browser refuses video that has no frame yet.
    return video && tile.model?.hasVideo && video.readyState > 0 ? [{ video, rank: rankOf(tile) }] : [];
  });
  return videos.sort((a, b) => b.rank - a.rank)[0]?.video;
}

function rankOf({ model, placement, clientWidth, clientHeight }: CallTile): number {
  const reasons = [
    model?.pinned === true,
    model?.source === 'screen' && !model.isLocal,
    placement === 'front',
    model?.speaking === true && !model.isLocal,
    model?.isLocal === false,
  ];
  const rank = reasons.reduce((sum, holds) => sum * 2 + Number(holds), 0);
  return rank + Math.min(0.99, (clientWidth * clientHeight) / 1e8);
}
