import { log } from '../../base/logger.js';
import { hasMediaDevices } from './has-media-devices.js';

/** ms of quiet after a change: a headset announces itself several times. */
const debounce = 500;

const deviceKinds = { microphone: 'audioinput', camera: 'videoinput' } as const;

/** What can come back by itself. */
type Source = keyof typeof deviceKinds;

interface DeviceRecoveryOptions {
  /** The user, or the system, allows the source now. */
  readonly onGranted: (source: Source) => void;
  /** A device was plugged in or out, and there is one for the source. */
  readonly onDevice: (source: Source) => void;
  readonly signal: AbortSignal;
}

/** Watches for what may end a trouble with camera or microphone: a permission that is given, a device that is plugged in. */
export function watchDeviceRecovery({ onGranted, onDevice, signal }: DeviceRecoveryOptions): void {
  if (!hasMediaDevices()) return;
  for (const source of ['microphone', 'camera'] as const) void watchPermission(source, onGranted, signal);
  const checkDevices = async (): Promise<void> => {
    const found = await navigator.mediaDevices.enumerateDevices();
    if (signal.aborted) return;
    for (const source of ['microphone', 'camera'] as const)
      if (found.some(({ kind }) => kind === deviceKinds[source])) onDevice(source);
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const lookSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(
      () => void checkDevices().catch((error: unknown) => log('devices').debug(error)),
      debounce,
    );
  };
  navigator.mediaDevices.addEventListener('devicechange', lookSoon, { signal });
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
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
    // Browsers that know no such permission: the user tries again by hand.
  }
}
