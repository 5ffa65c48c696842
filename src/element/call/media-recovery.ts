import type { CallErrorCode } from '../../domain/call-error.js';
import { watchDeviceRecovery } from '../../media/devices/device-recovery.js';
import type { CallSession } from '../../session/call-session.js';

const refusals: readonly CallErrorCode[] = ['MEDIA_DENIED', 'MEDIA_DENIED_BY_SYSTEM', 'MEDIA_DENIED_BY_PAGE'];
const absences: readonly CallErrorCode[] = ['MEDIA_NOT_FOUND', 'MEDIA_IN_USE', 'DEVICE_NOT_FOUND'];

/**
 * Turns the microphone or camera on in the lobby as soon as the permission is granted or the device is connected. In a
 * call, or in a hidden page, only the user turns them on.
 */
export function recoverMedia(
  session: Pick<CallSession, 'store' | 'commands'>,
  { signal }: { readonly signal: AbortSignal },
): void {
  const retry = (source: 'microphone' | 'camera', causes: readonly CallErrorCode[]): void => {
    const { phase, local } = session.store.get();
    const failure = local.failures[source];
    if (phase !== 'idle' || document.hidden || local[source].actual) return;
    if (!failure || !causes.includes(failure)) return;
    if (source === 'camera') session.commands.pauseVideo(false);
    else session.commands.muteAudio(false);
  };
  watchDeviceRecovery({
    onGranted: (source) => retry(source, refusals),
    onDevice: (source) => retry(source, absences),
    signal,
  });
}
