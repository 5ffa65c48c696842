import { withTimeout } from '../../../base/with-timeout.js';
import type { CallState } from '../../../domain/call/call-state.js';
import type { CallSession } from '../../../session/call-session.js';

type DrawnSession = Pick<CallSession, 'store' | 'media'>;

/** ms until a join is shown before it is answered: on a slow network the page has time to draw. */
const joiningDelayMs = 60;

/** How long the interface waits for the locale before it is shown in English. */
const localeTimeoutMs = 3000;

/**
 * Resolves when the locale is there, or is late. Joining does not wait for it: the text changes language later only if the
 * locale loads slowly.
 */
export async function localeLoaded({ ready }: { readonly ready: Promise<unknown> }): Promise<void> {
  await withTimeout(ready, localeTimeoutMs).catch(() => undefined);
}

/** Shows each new state, but never while a new connection waits for the main thread. */
export function drawStates(
  { store, media }: DrawnSession,
  view: { state: CallState },
  signal: AbortSignal,
): void {
  let isDue = false;
  const stop = store.subscribe(() => {
    if (isDue) return;
    isDue = true;
    media.afterDescriptions(() => {
      isDue = false;
      view.state = store.get();
    });
  });
  signal.addEventListener('abort', stop, { once: true });
}

/** Resolves when the call was joined and its connections no longer wait for the main thread, or when that takes long. */
export async function untilJoined({ store, media }: DrawnSession): Promise<void> {
  const joined = new Promise<void>((resolve) => {
    const stop = store.subscribe(({ phase }) => {
      if (phase === 'idle' || phase === 'joining') return;
      stop();
      media.afterDescriptions(resolve);
    });
  });
  await withTimeout(joined, joiningDelayMs).catch(() => undefined);
}
