/**
 * Tells of a call outside the page while the page is hidden, if the user has allowed that; until `signal` is aborted.
 * Never asks for the permission: that is for the page to do, when its user expects it.
 */
export function notifyOfCall({
  title,
  body,
  picture,
  id,
  signal,
}: {
  readonly title: string;
  readonly body: string;
  readonly picture: string;
  /** A second notification of the same id replaces the first. */
  readonly id: string;
  readonly signal: AbortSignal;
}): void {
  if (signal.aborted || !document.hidden) return;
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return;
  try {
    const options = { body, tag: `cometchat-ring-${id}`, requireInteraction: true, silent: true };
    const notification = new Notification(title, { ...options, ...(picture && { icon: picture }) });
    notification.onclick = () => {
      focus();
      notification.close();
    };
    signal.addEventListener('abort', () => notification.close(), { once: true });
  } catch {
    // Android's browsers let only service workers notify: the page rings all the same.
  }
}
