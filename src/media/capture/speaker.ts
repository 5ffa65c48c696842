import { CallError } from '../../domain/call-error.js';

/** The timeout of the check, in ms. */
const timeouts = 5000;

/** Resolves if audio can play on a speaker; rejects with a CallError. The empty id is the system default. */
export async function checkSpeaker(deviceId: string): Promise<void> {
  const audio = new Audio();
  if (!('setSinkId' in audio)) throw new CallError('OUTPUT_SELECTION_UNSUPPORTED');
  let timer: ReturnType<typeof setTimeout> | undefined;
  const overdue = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DOMException('', 'TimeoutError')), timeouts);
  });
  try {
    await Promise.race([audio.setSinkId(deviceId), overdue]);
  } catch (cause) {
    const isGone = cause instanceof DOMException && cause.name === 'NotFoundError';
    throw new CallError(isGone ? 'DEVICE_NOT_FOUND' : 'OUTPUT_FAILED', { details: { deviceId }, cause });
  } finally {
    clearTimeout(timer);
  }
}
