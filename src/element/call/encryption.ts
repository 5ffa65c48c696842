import { asCallError, CallError } from '../../domain/call-error.js';
import { isActive } from '../../domain/call/call-state.js';
import type { MediaEncryption } from '../../domain/media/media-encryption.js';
import { encryptionWorkerUrl } from '../../media/encryption/encryption-assets.js';
import { openFrameEncryption } from '../../media/encryption/frame-encryption.js';
import type { CallSession } from '../../session/call-session.js';
import type { CallSettings } from '../../settings/setting-rows.js';
import { showEncryption } from '../../ui/encryption/show-encryption.js';
import type { CallView } from '../../ui/view/call-view.js';
import { CallKeys } from '../../media/encryption/call-keys.js';
import { EncryptionMonitor } from '../../media/encryption/encryption-monitor.js';

interface EncryptedCall {
  readonly view: CallView;
  readonly session: Pick<CallSession, 'store'>;
}

/** Encrypts a call from end to end. Rejects where that is not possible: then there is no call. */
export async function openEncryption(
  { view, session }: EncryptedCall,
  settings: CallSettings,
  { signal }: { readonly signal: AbortSignal },
): Promise<MediaEncryption> {
  const { store } = session;
  const monitor = new EncryptionMonitor();
  const fail = (error: unknown): void => store.dispatch({ type: 'failed', error: asCallError(error) });
  const frames = await openFrameEncryption({
    workerUrl: encryptionWorkerUrl(settings.processorAssetsUrl),
    onReport(report) {
      monitor.add(report);
      update();
    },
    signal,
  });
  const keys = new CallKeys(settings.encryptionKey, {
    use: (secrets) => frames.setSecrets(secrets),
    onError: fail,
    signal,
  });
  let isKeyMissing = settings.encryptionKey === '';
  const update = (): void => {
    const state = store.get();
    if (!isActive(state) || signal.aborted) return;
    keys.join(state.sessionId);
    if (isKeyMissing) {
      isKeyMissing = false;
      fail(keyMissing());
    }
    const encryption = monitor.encryptionOf(state);
    const before = state.encryption ?? { encrypted: false, undecryptable: [] };
    if (JSON.stringify(encryption) === JSON.stringify(before)) return;
    store.dispatch({ type: 'encryption-changed', encryption });
    for (const id of encryption.undecryptable)
      if (!before.undecryptable.includes(id)) fail(undecryptable(id));
  };
  const stop = store.subscribe(update);
  signal.addEventListener('abort', stop, { once: true });
  showEncryption(view, { signal });
  return { ...frames, setKey: (key) => keys.setKey(key) };
}

function keyMissing(): CallError {
  return new CallError('ENCRYPTION_KEY_MISSING', {
    message:
      'end-to-end-encryption is on, but encryptionKey is not set. Nothing is sent or shown until it is.',
  });
}

function undecryptable(id: string): CallError {
  return new CallError('DECRYPTION_FAILED', {
    message:
      'The media of a participant cannot be decrypted, and is not shown: encryptionKey must be the same for all.',
    details: { id },
  });
}
