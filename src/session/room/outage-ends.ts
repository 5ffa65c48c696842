import { isActive, type CallState } from '../../domain/call/call-state.js';
import type { ParticipantId } from '../../domain/call/participant.js';
import { isCutOff } from '../../domain/call/remote-connection.js';
import type { CallStore } from '../call-store.js';

/** ms that a participant is back before its outage is over: longer than it takes to notice that its media has stopped. */
const settlingMs = 1500;

/** Ends the outages of participants who are back and whose media did not stop. */
export function endOutages(store: CallStore, { signal }: { readonly signal: AbortSignal }): void {
  const timers = new Map<ParticipantId, ReturnType<typeof setTimeout>>();
  const update = (state: CallState): void => {
    const settling = signal.aborted ? [] : settlingIn(state);
    for (const [id, timer] of timers) {
      if (settling.includes(id)) continue;
      clearTimeout(timer);
      timers.delete(id);
    }
    for (const id of settling)
      if (!timers.has(id))
        timers.set(
          id,
          setTimeout(() => store.dispatch({ type: 'outage-over', id }), settlingMs),
        );
  };
  store.subscribe(update);
  signal.addEventListener('abort', () => update(store.get()), { once: true });
}

function settlingIn(state: CallState): readonly ParticipantId[] {
  return isActive(state) ? [...state.outages.keys()].filter((id) => !isCutOff(state, id)) : [];
}
