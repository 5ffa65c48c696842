import { isActive } from '../domain/call-state.js';
import type { DeviceList } from '../media/device-list.js';
import type { CallStore } from './call-store.js';

interface DeviceTellerOptions {
  readonly devices: DeviceList;
  readonly store: CallStore;
  readonly signal: AbortSignal;
}

/**
 * Tells the devices of this machine: at the start of a call once, when it is known which of them are in use, and then
 * whenever they change. What is returned is called at the join, with what ends when microphone and camera are open.
 */
export function deviceTeller({
  devices,
  store,
  signal,
}: DeviceTellerOptions): (opened: Promise<void>) => void {
  let begun = false;
  const tell = (): void => store.dispatch({ type: 'devices-changed', devices: devices.lists() });
  devices.events.on('changed', () => (begun || !isActive(store.get())) && tell(), { signal });
  const begin = async (opened: Promise<void>): Promise<void> => {
    await opened;
    await devices.refresh();
    begun = true;
    // Before the user has allowed anything there are none.
    if (!signal.aborted && Object.values(devices.lists()).some(({ length }) => length > 0)) tell();
  };
  return (opened) => void begin(opened);
}
