/** Resolves when a remote track delivers media: its first decoded frame, or its first sound. Also when `signal` aborts. */
export function firstMedia(
  track: MediaStreamTrack,
  { signal }: { readonly signal: AbortSignal },
): Promise<void> {
  return track.kind === 'video' ? firstFrame(track, signal) : firstSound(track, signal);
}

function firstFrame(track: MediaStreamTrack, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    // A track is decoded only while an element plays it; the element need not be in the document.
    const video = Object.assign(document.createElement('video'), { muted: true, playsInline: true });
    const end = (): void => {
      signal.removeEventListener('abort', end);
      resolve();
      // After the caller has shown the track elsewhere, so that it is decoded without a gap.
      setTimeout(() => (video.srcObject = null), 1000);
    };
    video.requestVideoFrameCallback(end);
    signal.addEventListener('abort', end, { once: true });
    video.srcObject = new MediaStream([track]);
    video.play().catch(() => undefined);
  });
}

/** A remote track is muted until its first packet arrives (WebRTC, 5.3). */
function firstSound(track: MediaStreamTrack, signal: AbortSignal): Promise<void> {
  if (!track.muted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => resolve();
    track.addEventListener('unmute', end, { once: true, signal });
    signal.addEventListener('abort', end, { once: true });
  });
}
