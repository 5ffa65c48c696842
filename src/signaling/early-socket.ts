/** A WebSocket class: the browser's, or one that is like it. */
export type SocketClass = new (url: string) => WebSocket;

/**
 * A stand-in for the browser's WebSocket whose first socket is on its way already. The reconnecting socket opens its
 * own in a later task, and while a page is loading a browser may put that off for as long as it likes.
 */
export function earlySocket(url: string, signal: AbortSignal): SocketClass {
  let early = signal.aborted ? undefined : tryOpen(url);
  signal.addEventListener('abort', () => early?.close());
  function EarlySocket(later: string): WebSocket {
    const socket = early;
    early = undefined;
    if (!socket || socket.readyState > WebSocket.OPEN) return new WebSocket(later);
    // It was faster than those who listen to it: tell them as soon as they do.
    if (socket.readyState === WebSocket.OPEN)
      queueMicrotask(() => void socket.dispatchEvent(new Event('open')));
    return socket;
  }
  return EarlySocket as unknown as SocketClass;
}

function tryOpen(url: string): WebSocket | undefined {
  try {
    return new WebSocket(url);
  } catch {
    // Forbidden by the page's security: the reconnecting socket meets the same and reports it.
    return undefined;
  }
}
