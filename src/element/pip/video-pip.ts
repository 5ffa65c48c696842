import type { Store } from '../../base/store.js';
import { log } from '../../base/logger.js';
import { withTimeout } from '../../base/with-timeout.js';
import {
  isActive,
  remoteParticipantsOf,
  type ActiveCall,
  type CallState,
  type TileRef,
} from '../../domain/call/call-state.js';
import type { CallView } from '../../ui/view/call-view.js';

/** ms to wait for the first frame. User activation, which the window needs, does not last longer. */
const frameTimeoutMs = 4000;

/**
 * Shows the most important video of the call in the browser's picture-in-picture window, and another one as soon as that
 * is more important: an element of its own has the window, whose stream is exchanged.
 */
export async function openVideoPip(
  view: CallView,
  store: Store<CallState>,
  onClose: () => void,
): Promise<() => void> {
  const video = createVideo();
  const update = (): void => {
    const stream = bestStream(view, store.get(), video.srcObject as MediaStream | undefined);
    if (stream && video.srcObject !== stream) video.srcObject = stream;
    void video.play().catch((error: unknown) => log('call').debug(error));
  };
  const stop = store.subscribe(update);
  const close = (): void => {
    stop();
    video.srcObject = null;
    video.remove();
  };
  try {
    if (!bestStream(view, store.get())) throw new TypeError('There is no video to show.');
    view.renderRoot.append(video);
    update();
    // The browser refuses video that has no frame yet.
    if (video.readyState === 0)
      await withTimeout(
        new Promise((resolve) => video.addEventListener('loadedmetadata', resolve, { once: true })),
        frameTimeoutMs,
      );
    await video.requestPictureInPicture();
  } catch (error) {
    close();
    throw error;
  }
  video.addEventListener(
    'leavepictureinpicture',
    () => {
      close();
      onClose();
    },
    { once: true },
  );
  return () => {
    if (document.pictureInPictureElement === null) return;
    document.exitPictureInPicture().catch((error: unknown) => log('call').debug(error));
  };
}

/** Not seen in the page; what is not displayed at all has no picture in some browsers. */
function createVideo(): HTMLVideoElement {
  const video = Object.assign(document.createElement('video'), { muted: true, playsInline: true });
  video.setAttribute('aria-hidden', 'true');
  Object.assign(video.style, {
    position: 'absolute',
    inlineSize: '1px',
    blockSize: '1px',
    opacity: '0',
    pointerEvents: 'none',
  });
  return video;
}

/**
 * Pinned, a shared screen, who speaks; else what is shown already; else another participant, or oneself.
 */
function bestStream({ media }: CallView, state: CallState, shown?: MediaStream): MediaStream | undefined {
  if (!isActive(state)) return undefined;
  const others = remoteParticipantsOf(state);
  const camera = cameraOf(state);
  const streamOf = (ref: TileRef | null): MediaStream | undefined => {
    const stream = ref && media?.streamOf(ref.participantId, ref.source);
    return stream && hasVideo(stream) ? stream : undefined;
  };
  const first = (refs: readonly (TileRef | null)[]): MediaStream | undefined =>
    refs.map(streamOf).find((stream) => stream !== undefined);
  const screens = others
    .filter(({ screenSharing }) => screenSharing)
    .map(({ id }): TileRef => ({ participantId: id, source: 'screen' }));
  return (
    first([state.pinned, ...screens, camera(state.speaker)]) ??
    (shown && hasVideo(shown) ? shown : undefined) ??
    first([...others.map(({ id }) => camera(id)), camera(state.selfId)])
  );
}

const hasVideo = (stream: MediaStream): boolean =>
  stream.getVideoTracks().some(({ readyState }) => readyState === 'live');

const cameraOf =
  ({ participants }: ActiveCall) =>
  (id: string | null): TileRef | null =>
    id !== null && participants.get(id)?.videoPaused === false
      ? { participantId: id, source: 'camera' }
      : null;
