import { callEvent } from './call-events.js';
import type { CallFact } from './call-facts.js';
import { isActive, type CallState, type LocalMedia } from './call-state.js';
import { step, type Step } from './step.js';

type LocalFact = Extract<
  CallFact,
  { type: 'media-wanted' | 'media-settled' | 'facing-changed' | 'devices-changed' }
>;

/** Facts about this machine's own camera, microphone, screen and devices; they hold before the call too. */
export function localFact(state: CallState, fact: LocalFact): Step {
  switch (fact.type) {
    case 'media-wanted':
      return step(withLocal(state, { [fact.source]: { ...state.local[fact.source], wanted: fact.on } }));
    case 'media-settled':
      return mediaSettled(state, fact);
    case 'facing-changed':
      return step(withLocal(state, { facingMode: fact.facingMode }));
    case 'devices-changed':
      return step(
        withLocal(state, { devices: fact.devices }),
        ...(isActive(state) ? [callEvent('onMediaDeviceListUpdated', fact.devices)] : []),
      );
  }
}

function mediaSettled(
  state: CallState,
  { source, on, trouble }: Extract<CallFact, { type: 'media-settled' }>,
): Step {
  const { [source]: solved, ...others } = state.local.trouble;
  const next = withLocal(state, {
    [source]: { wanted: on, actual: on },
    trouble: trouble ? { ...others, [source]: trouble } : others,
  });
  const changed = state.local[source].actual !== on && isActive(state);
  if (source !== 'screen' || !changed) return step(next);
  return step(next, callEvent(on ? 'onScreenShareStarted' : 'onScreenShareStopped'));
}

function withLocal(state: CallState, changes: Partial<LocalMedia>): CallState {
  return { ...state, local: { ...state.local, ...changes } };
}
