import type { Segmentation } from './segmentation.js';

/** The maximum frame rate, and the default if the camera does not report one. */
const maxFrameRate = 30;

/**
 * Produces the processed track with a canvas, for browsers without frame streams. The worker requests each frame, because its
 * timers keep running in a hidden tab.
 */
export async function drawFrames(
  track: MediaStreamTrack,
  segmentation: Segmentation,
  { signal }: { readonly signal: AbortSignal },
): Promise<MediaStreamTrack> {
  const video = Object.assign(document.createElement('video'), { muted: true, playsInline: true });
  video.srcObject = new MediaStream([track]);
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { alpha: false });
  const processed = canvas.captureStream().getVideoTracks()[0];
  if (!context || !processed) throw new Error('This browser cannot draw a track.');
  signal.addEventListener('abort', () => (video.srcObject = null), { once: true });
  let busy = false;
  const sendFrame = async (): Promise<void> => {
    if (busy || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
    busy = true;
    try {
      const frame = await createImageBitmap(video);
      segmentation.post({ type: 'frame', frame }, [frame]);
    } catch {
      // There may be no frame while the camera is being switched.
      busy = false;
    }
  };
  segmentation.onMessage((message) => {
    if (message.type === 'tick') void sendFrame();
    if (message.type !== 'drawn' || !message.frame) return;
    busy = false;
    const { width, height } = message.frame;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    context.drawImage(message.frame, 0, 0);
    message.frame.close();
  });
  await video.play();
  signal.throwIfAborted();
  const { frameRate = maxFrameRate } = track.getSettings();
  segmentation.post({ type: 'tick', period: 1000 / Math.min(maxFrameRate, frameRate || maxFrameRate) });
  return processed;
}
