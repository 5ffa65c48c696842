import { asCallError } from '../../../domain/call-error.js';
import type { JoinedCall } from '../connection/joined-call.js';

/** Chunks loaded by a user action. The others load on their own, and their absence is not noticed at once. */
const pressedFor: ReadonlySet<string> = new Set([
  'backgrounds',
  'pip-window',
  'menu',
  'participant-panel',
  'push-to-talk',
  'recording',
  'shortcut-help',
]);

/** Notifies the application of each chunk that fails to load, and the user of those that a user action needed. */
export function reportLoadFailures({ view, session, signal }: Omit<JoinedCall, 'host'>): void {
  view.addEventListener(
    'load-failed',
    (event) => {
      event.stopPropagation();
      const { detail } = event as CustomEvent<unknown>;
      session.store.dispatch({ type: 'failed', error: asCallError(detail) });
    },
    { signal },
  );
  session.store.events.on(
    'event',
    ({ name, detail }) => {
      if (name !== 'onError' || detail.code !== 'CHUNK_LOAD_FAILED') return;
      const { chunk } = detail.details as { readonly chunk: string };
      if (pressedFor.has(chunk)) view.showLoadFailure();
    },
    { signal },
  );
}
