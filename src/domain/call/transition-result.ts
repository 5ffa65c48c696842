import type { CallEvent } from './call-events.js';
import type { CallState } from './call-state.js';

/** The result of a fact: the next state, and the events to raise once it is stored, in this order. */
export interface TransitionResult {
  readonly state: CallState;
  readonly events: readonly CallEvent[];
}

export function result(state: CallState, ...events: readonly CallEvent[]): TransitionResult {
  return { state, events };
}
