import { withTimeout } from '../../base/with-timeout.js';
import { CallError, setErrorMessages } from '../../domain/call-error.js';

setErrorMessages({ OUTPUT_FAILED: 'The speaker could not be used. The previous one stays in use.' });

/** The timeout of the check. */
const timeoutMs = 5000;

/** Resolves if audio can play on a speaker; rejects with a CallError. The empty id is the system default. */
export async function checkSpeaker(deviceId: string): Promise<void> {
  const audio = new Audio();
  if (!('setSinkId' in audio)) throw new CallError('OUTPUT_SELECTION_UNSUPPORTED');
  try {
    await withTimeout(audio.setSinkId(deviceId), timeoutMs);
  } catch (cause) {
    const isGone = cause instanceof DOMException && cause.name === 'NotFoundError';
    throw new CallError(isGone ? 'DEVICE_NOT_FOUND' : 'OUTPUT_FAILED', { details: { deviceId }, cause });
  }
}
