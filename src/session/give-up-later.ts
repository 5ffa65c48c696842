import { isActive } from '../domain/call-state.js';
import type { ParticipantId } from '../domain/participant.js';
import type { CallStore } from './call-store.js';

interface Absence {
  readonly ids: readonly ParticipantId[];
  /** ms they are waited for. */
  readonly graceMs: number;
  readonly store: CallStore;
  readonly signal: AbortSignal;
}

/** Those whom a server that was restarted does not know yet have left, unless they come back in time. */
export function giveUpLater({ ids, graceMs, store, signal }: Absence): void {
  if (ids.length === 0) return;
  const timer = setTimeout(() => {
    for (const id of ids) {
      const state = store.get();
      if (!isActive(state)) return;
      if (state.participants.get(id)?.connection === 'reconnecting')
        store.dispatch({ type: 'participant-left', id });
    }
  }, graceMs);
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
}
