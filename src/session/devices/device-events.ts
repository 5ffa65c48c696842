import { isActive } from '../../domain/call/call-state.js';
import type { DeviceList } from '../../media/devices/device-list.js';
import type { CallStore } from '../call-store.js';

interface DeviceEventsOptions {
  readonly devices: DeviceList;
  readonly store: CallStore;
  readonly signal: AbortSignal;
}

/**
 * Publishes the device lists: once at the start of a call, when the devices in use are known, then after each change.
 * Call the returned function at the join, with a promise that resolves when microphone and camera are open.
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
    // The lists are empty until the user grants permission.
    if (!signal.aborted && Object.values(devices.lists()).some(({ length }) => length > 0)) publish();
  };
  return (opened) => void start(opened);
}
