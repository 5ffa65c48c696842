import { audioModes } from './audio-modes.js';
import { callEvent, type CallEvent } from './call-events.js';
import type { CallFact } from './call-facts.js';
import { isActive, type CallState, type LocalMedia } from './call-state.js';
import type { DeviceLists } from './devices.js';
import { step, type Step } from './step.js';

type LocalFact = Extract<
  CallFact,
  { type: 'media-wanted' | 'media-settled' | 'streams-changed' | 'facing-changed' | 'devices-changed' }
>;

/** Facts about this machine's own camera, microphone, screen and devices; they hold before the call too. */
export function localFact(state: CallState, fact: LocalFact): Step {
  switch (fact.type) {
    case 'media-wanted':
      return step(withLocal(state, { [fact.source]: { ...state.local[fact.source], wanted: fact.on } }));
    case 'media-settled':
      return mediaSettled(state, fact);
    case 'streams-changed':
      return step({ ...state, streams: state.streams + 1 });
    case 'facing-changed':
      return step(withLocal(state, { facingMode: fact.facingMode }));
    case 'devices-changed':
      return devicesChanged(state, fact.devices);
  }
}

function devicesChanged(state: CallState, devices: DeviceLists): Step {
  const next = withLocal(state, { devices });
  if (!isActive(state)) return step(next);
  const before = audioModes(state.local.devices.audioOutputDevices);
  const modes = audioModes(devices.audioOutputDevices);
  return step(
    next,
    callEvent('onMediaDeviceListUpdated', devices),
    ...(modes.join() === before.join() ? [] : [callEvent('onAudioModeChanged', modes)]),
    ...chosen(state.local.devices, devices),
  );
}

/** Which lists tell of which device in use. */
const inUse = {
  audioInputDevices: 'onAudioInputDeviceChanged',
  audioOutputDevices: 'onAudioOutputDeviceChanged',
  videoInputDevices: 'onVideoInputDeviceChanged',
} as const;

function chosen(before: DeviceLists, after: DeviceLists): readonly CallEvent[] {
  return (Object.keys(inUse) as (keyof DeviceLists)[]).flatMap((list) => {
    const device = after[list].find(({ active }) => active);
    const same = before[list].some(({ active, deviceId }) => active && deviceId === device?.deviceId);
    return device && !same ? [callEvent(inUse[list], device)] : [];
  });
}

function mediaSettled(
  state: CallState,
  { source, on, wanted = on, trouble }: Extract<CallFact, { type: 'media-settled' }>,
): Step {
  const { [source]: solved, ...others } = state.local.trouble;
  const next = withLocal(state, {
    [source]: { wanted, actual: on },
    trouble: trouble ? { ...others, [source]: trouble } : others,
  });
  const changed = state.local[source].actual !== on && isActive(state);
  if (source !== 'screen' || !changed) return step(next);
  return step(next, callEvent(on ? 'onScreenShareStarted' : 'onScreenShareStopped'));
}

function withLocal(state: CallState, changes: Partial<LocalMedia>): CallState {
  return { ...state, local: { ...state.local, ...changes } };
}
