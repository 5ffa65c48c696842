import { isActive, remoteParticipantsOf, type CallState } from '../../domain/call/call-state.js';
import type { ParticipantId } from '../../domain/call/participant.js';
import type { CallStore } from '../call-store.js';

/**
 * ms between two vouches, and before the first one: longer than it takes to notice that media has stopped, so that a page that has
 * crashed is not vouched for.
 */
const intervalMs = 6000;

/**
 * Tells the server about participants that it has lost, but whose media still arrives here: they are in the call, and only their
 * connection to the server is interrupted.
 */
export function vouchForParticipants(
  store: CallStore,
  vouch: (id: ParticipantId) => void,
  { signal }: { readonly signal: AbortSignal },
): void {
  let timer: ReturnType<typeof setInterval> | undefined;
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  const check = (): void => {
    const state = store.get();
    for (const id of lostByServer(state))
      if (isActive(state) && state.links.get(id) === 'connected') vouch(id);
  };
  store.subscribe((state) => {
    if (signal.aborted || lostByServer(state).length === 0) return stop();
    timer ??= setInterval(check, intervalMs);
  });
  signal.addEventListener('abort', stop, { once: true });
}

function lostByServer(state: CallState): readonly ParticipantId[] {
  if (!isActive(state)) return [];
  return remoteParticipantsOf(state)
    .filter(({ connection }) => connection === 'reconnecting')
    .map(({ id }) => id);
}
