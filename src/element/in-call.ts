import type { CallSession } from '../session/call-session.js';
import type { CallView } from '../ui/call-view.js';
import { recoverMedia } from './recover-media.js';

/** A call that has been joined, and everything around it. */
export interface JoinedCall {
  readonly host: HTMLElement;
  readonly view: CallView;
  readonly session: CallSession;
  readonly signal: AbortSignal;
}

/** What a call gains once it is joined, and could go on without: it is downloaded when the others are heard already. */
export function enrichCall({ session, signal }: JoinedCall): void {
  const life = lifeOf(session, signal);
  recoverMedia(session, { signal: life });
}

/** Ends with the call, or when it is no longer wanted. */
function lifeOf(session: CallSession, signal: AbortSignal): AbortSignal {
  const life = new AbortController();
  const stop = session.store.subscribe(({ phase }) => phase === 'ended' && life.abort());
  life.signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted || session.store.get().phase === 'ended') life.abort();
  signal.addEventListener('abort', () => life.abort(), { once: true, signal: life.signal });
  return life.signal;
}
