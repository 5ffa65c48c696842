/** A key that was pressed, and what it was pressed in: an event forgets that. */
export interface EarlyKey {
  readonly event: KeyboardEvent;
  readonly path: readonly EventTarget[];
}

/** ms after which a person no longer expects a key to do anything. */
const expected = 3000;

/**
 * Keeps the keys that are pressed in the call, or while the pointer is over it, before the code for them has been
 * downloaded. What is returned gives them, and keeps no more.
 */
export function keepKeys(host: HTMLElement, { signal }: { readonly signal: AbortSignal }): () => EarlyKey[] {
  const lifetime = new AbortController();
  const until = { signal: AbortSignal.any([lifetime.signal, signal]) };
  const kept = new Map<KeyboardEvent, EarlyKey>();
  const keep = (event: KeyboardEvent): void => {
    const path = event.composedPath();
    if (!event.repeat && !kept.has(event) && (path.includes(host) || host.matches(':hover')))
      kept.set(event, { event, path });
  };
  // Both: a page may keep keys from the document.
  for (const target of [host, host.ownerDocument]) {
    target.addEventListener('keydown', (event) => keep(event as KeyboardEvent), until);
    target.addEventListener('keyup', (event) => release(kept, event as KeyboardEvent), until);
  }
  return () => {
    lifetime.abort();
    return [...kept.values()].filter(({ event }) => performance.now() - event.timeStamp < expected);
  };
}

/** The space bar acts while it is held; what is released already has nothing to do any more. */
function release(kept: Map<KeyboardEvent, EarlyKey>, { key, code }: KeyboardEvent): void {
  if (key !== ' ') return;
  for (const event of kept.keys()) if (event.code === code) kept.delete(event);
}
