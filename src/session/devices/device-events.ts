import { isActive } from '../../domain/call/call-state.js';
import type { DeviceList } from '../../media/devices/device-list.js';
import type { CallStore } from '../call-store.js';

interface DeviceEventsOptions {
  readonly devices: DeviceList;
  readonly store: CallStore;
  readonly signal: AbortSignal;
}

/**
 * Tells the devices of this machine: at the start of a call once, when it is known which of them are in use, and then
 * whenever they change. What is returned is called at the join, with what ends when microphone and camera are open.
 */
export function createDevicePublisher({
  devices,
  store,
  signal,
}: DeviceEventsOptions): (opened: Promise<void>) => void {
  let started = false;
  const publish = (): void => store.dispatch({ type: 'devices-changed', devices: devices.lists() });
  devices.events.on('changed', () => (started || !isActive(store.get())) && publish(), { signal });
  const start = async (opened: Promise<void>): Promise<void> => {
    await opened;
    await devices.refresh();
    started = true;
    // Before the user has allowed anything there are none.
    if (!signal.aborted && Object.values(devices.lists()).some(({ length }) => length > 0)) publish();
  };
  return (opened) => void start(opened);
}
