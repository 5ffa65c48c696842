/**
 * Asks the browser for a stream. Aborting rejects at once, and stops a stream that the browser hands out
 * later: no light stays on for a call that is over.
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

/** Lets go of the devices behind a stream. */
export function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
