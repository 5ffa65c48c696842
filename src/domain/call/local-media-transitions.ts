import { audioModes } from '../media/audio-modes.js';
import { callEvent, type CallEvent } from './call-events.js';
import type { CallFact } from './call-facts.js';
import { isActive, type CallState, type LocalMedia } from './call-state.js';
import type { DeviceLists } from '../media/devices.js';
import { replacedDevices } from '../media/replaced-devices.js';
import { result, type TransitionResult } from './transition-result.js';

/** The facts that apply before the call too. */
export type LocalMediaFact = Extract<
  CallFact,
  { type: 'media-wanted' | 'media-settled' | 'streams-changed' | 'facing-changed' | 'devices-changed' }
>;

/** Facts about the local media and devices. They apply before the call too. */
export function localMediaTransition(state: CallState, fact: LocalMediaFact): TransitionResult {
  switch (fact.type) {
    case 'media-wanted':
      return result(withLocal(state, { [fact.source]: { ...state.local[fact.source], wanted: fact.on } }));
    case 'media-settled':
      return mediaSettled(state, fact);
    case 'streams-changed':
      return result({ ...state, streams: state.streams + 1 });
    case 'facing-changed':
      return result(withLocal(state, { facingMode: fact.facingMode }));
    case 'devices-changed':
      return devicesChanged(state, fact.devices);
  }
}

function devicesChanged(state: CallState, devices: DeviceLists): TransitionResult {
  if (!isActive(state)) return result(withLocal(state, { devices }));
  const { replaced: known, devices: previous } = state.local;
  const next = withLocal(state, { devices, replaced: replacedDevices(known, previous, devices) });
  const before = audioModes(previous.audioOutputDevices);
  const modes = audioModes(devices.audioOutputDevices);
  return result(
    next,
    callEvent('onMediaDeviceListUpdated', devices),
    ...(modes.join() === before.join() ? [] : [callEvent('onAudioModeChanged', modes)]),
    ...activeDeviceEvents(previous, devices),
  );
}

/** The event of a changed device in use, per list. */
const deviceEvents = {
  audioInputDevices: 'onAudioInputDeviceChanged',
  audioOutputDevices: 'onAudioOutputDeviceChanged',
  videoInputDevices: 'onVideoInputDeviceChanged',
} as const;

function activeDeviceEvents(before: DeviceLists, after: DeviceLists): readonly CallEvent[] {
  return (Object.keys(deviceEvents) as (keyof DeviceLists)[]).flatMap((list) => {
    const device = after[list].find(({ active }) => active);
    const same = before[list].some(({ active, deviceId }) => active && deviceId === device?.deviceId);
    return device && !same ? [callEvent(deviceEvents[list], device)] : [];
  });
}

function mediaSettled(
  state: CallState,
  { source, on, wanted = on, failure }: Extract<CallFact, { type: 'media-settled' }>,
): TransitionResult {
  const { [source]: resolved, ...others } = state.local.failures;
  const next = withLocal(state, {
    [source]: { wanted, actual: on },
    failures: failure ? { ...others, [source]: failure } : others,
  });
  const changed = state.local[source].actual !== on && isActive(state);
  if (source !== 'screen' || !changed) return result(next);
  return result(next, callEvent(on ? 'onScreenShareStarted' : 'onScreenShareStopped'));
}

function withLocal(state: CallState, changes: Partial<LocalMedia>): CallState {
  return { ...state, local: { ...state.local, ...changes } };
}
