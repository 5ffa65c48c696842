import { asCallError } from '../domain/call-error.js';
import type { JoinedCall } from './call/joined-call.js';

/** Chunks that the user presses something for; the others come by themselves, and what they add is not missed at once. */
const pressedFor: ReadonlySet<string> = new Set([
  'backgrounds',
  'float-call',
  'menu',
  'participant-panel',
  'push-to-talk',
  'record-call',
  'shortcut-help',
]);

/** The application is told of each chunk that does not load; the user, of those that a press was meant for. */
export function tellLoadFailures({ view, session, signal }: Omit<JoinedCall, 'host'>): void {
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
