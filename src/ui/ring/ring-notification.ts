interface CallToNotifyOf {
  readonly title: string;
  readonly body: string;
  readonly picture: string;
  /** A second notification of the same id replaces the first. */
  readonly id: string;
}

/** One notification at a time: of what the card on the page shows. */
export class RingNotice {
  #told: { readonly what: string; readonly life: AbortController } | undefined;

  /** To be told after every change; `null`: there is nothing to tell of. */
  follow(call: CallToNotifyOf | null): void {
    const what = call ? `${call.id} ${call.body}` : undefined;
    if (what === this.#told?.what) return;
    this.#told?.life.abort();
    this.#told = undefined;
    if (!call || what === undefined) return;
    const life = new AbortController();
    this.#told = { what, life };
    notifyOfCall(call, life.signal);
  }
}

/**
 * Tells of a call outside the page whenever the page is hidden, if the user has allowed that; until `signal` is aborted.
 * Never asks for the permission: that is for the page to do, when its user expects it.
 */
function notifyOfCall(call: CallToNotifyOf, signal: AbortSignal): void {
  if (signal.aborted || typeof Notification === 'undefined') return;
  let shown: Notification | undefined;
  const follow = (): void => {
    shown?.close();
    shown =
      document.hidden && !signal.aborted && Notification.permission === 'granted' ? show(call) : undefined;
  };
  document.addEventListener('visibilitychange', follow, { signal });
  signal.addEventListener('abort', follow, { once: true });
  follow();
}

function show({ title, body, picture, id }: CallToNotifyOf): Notification | undefined {
  try {
    // The page itself rings: twice would be too much.
    const options = { body, tag: `cometchat-ring-${id}`, requireInteraction: true, silent: true };
    const notification = new Notification(title, { ...options, ...(picture && { icon: picture }) });
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
