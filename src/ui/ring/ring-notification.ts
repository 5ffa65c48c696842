interface NotificationContent {
  readonly title: string;
  readonly body: string;
  readonly icon: string;
  /** A second notification of the same id replaces the first. */
  readonly id: string;
}

/** One notification at a time: of what the card on the page shows. */
export class RingNotification {
  #current: { readonly key: string; readonly lifetime: AbortController } | undefined;

  /** Call after every change; `null`: no notification. */
  update(call: NotificationContent | null): void {
    const key = call ? `${call.id} ${call.body}` : undefined;
    if (key === this.#current?.key) return;
    this.#current?.lifetime.abort();
    this.#current = undefined;
    if (!call || key === undefined) return;
    const lifetime = new AbortController();
    this.#current = { key, lifetime };
    showWhileHidden(call, lifetime.signal);
  }
}

/**
 * Tells of a call outside the page whenever the page is hidden, if the user has allowed that; until `signal` is aborted.
 * Never asks for the permission: that is for the page to do, when its user expects it.
 */
function showWhileHidden(call: NotificationContent, signal: AbortSignal): void {
  if (signal.aborted || typeof Notification === 'undefined') return;
  let notification: Notification | undefined;
  const sync = (): void => {
    notification?.close();
    notification =
      document.hidden && !signal.aborted && Notification.permission === 'granted'
        ? createNotification(call)
        : undefined;
  };
  document.addEventListener('visibilitychange', sync, { signal });
  signal.addEventListener('abort', sync, { once: true });
  sync();
}

function createNotification({ title, body, icon, id }: NotificationContent): Notification | undefined {
  try {
    // The page itself rings: twice would be too much.
    const options = { body, tag: `cometchat-ring-${id}`, requireInteraction: true, silent: true };
    const notification = new Notification(title, { ...options, ...(icon && { icon }) });
    notification.onclick = () => {
      focus();
      notification.close();
    };
    return notification;
  } catch {
    // Android's browsers let only service workers notify: the page rings all the same.
    return undefined;
  }
}
