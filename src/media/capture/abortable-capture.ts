/**
 * Requests a stream from the browser. Aborting rejects at once, and stops a stream that arrives later, so that no camera
 * light stays on after the call.
 */
export async function capture(
  open: () => Promise<MediaStream>,
  signal: AbortSignal | undefined,
): Promise<MediaStream> {
  signal?.throwIfAborted();
  const opening = open();
  if (!signal) return opening;
  const done = new AbortController();
  const aborted = new Promise<never>((_, reject) =>
    signal.addEventListener(
      'abort',
      () => {
        reject(signal.reason as Error);
        opening.then(stopTracks, () => undefined);
      },
      { once: true, signal: done.signal },
    ),
  );
  return Promise.race([opening, aborted]).finally(() => done.abort());
}

/** Stops all tracks of a stream, which releases its devices. */
export function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
