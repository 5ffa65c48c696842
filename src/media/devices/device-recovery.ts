import { log } from '../../base/logger.js';
import { deviceKinds } from '../../domain/media/devices.js';
import { onDeviceChanges } from './device-changes.js';
import { hasMediaDevices } from './has-media-devices.js';

/** The sources that can recover without the user. */
type Source = keyof typeof deviceKinds;

interface DeviceRecoveryOptions {
  /** Permission for the source was granted. */
  readonly onGranted: (source: Source) => void;
  /** The devices changed, and one is available for the source. */
  readonly onDevice: (source: Source) => void;
  readonly signal: AbortSignal;
}

/** Watches for events that may resolve a camera or microphone failure: permission granted, device connected. */
export function watchDeviceRecovery({ onGranted, onDevice, signal }: DeviceRecoveryOptions): void {
  if (!hasMediaDevices()) return;
  for (const source of ['microphone', 'camera'] as const) void watchPermission(source, onGranted, signal);
  const checkDevices = async (): Promise<void> => {
    const found = await navigator.mediaDevices.enumerateDevices();
    if (signal.aborted) return;
    for (const source of ['microphone', 'camera'] as const)
      if (found.some(({ kind }) => kind === deviceKinds[source])) onDevice(source);
  };
  onDeviceChanges(() => void checkDevices().catch((error: unknown) => log('devices').debug(error)), {
    signal,
  });
}

async function watchPermission(
  source: Source,
  onGranted: DeviceRecoveryOptions['onGranted'],
  signal: AbortSignal,
): Promise<void> {
  try {
    const status = await navigator.permissions.query({ name: source });
    status.addEventListener('change', () => status.state === 'granted' && onGranted(source), { signal });
  } catch {
    // The browser does not support this permission name: the user has to retry.
  }
}
