import { asCallError, CallError } from '../../domain/call-error.js';
import type { CallEncryption } from '../../domain/call/call-encryption.js';
import { isActive, remoteParticipantsOf, type ActiveCall } from '../../domain/call/call-state.js';
import type { EncryptionKey, MediaEncryption } from '../../domain/media/media-encryption.js';
import { encryptionWorkerUrl } from '../../media/encryption/encryption-assets.js';
import { openFrameEncryption, type FrameEncryption } from '../../media/encryption/frame-encryption.js';
import type { CallSession } from '../../session/call-session.js';
import type { EncryptionOptions } from '../../session/session-ports.js';
import type { CallSettings } from '../../settings/setting-rows.js';
import { showEncryption } from '../../ui/encryption/show-encryption.js';
import type { CallView } from '../../ui/view/call-view.js';
import { AgreedKeys } from '../../media/encryption/keys/agreed-keys.js';
import { CallKeys } from '../../media/encryption/keys/call-keys.js';
import { EncryptionMonitor } from '../../media/encryption/encryption-monitor.js';

interface EncryptedCall {
  readonly view: CallView;
  readonly session: Pick<CallSession, 'store'>;
}

/** Encrypts a call from end to end. Rejects where that is not possible: then there is no call. */
export async function openEncryption(
  { view, session }: EncryptedCall,
  settings: CallSettings,
  { send, signal }: EncryptionOptions,
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
  const keys = new KeySource(settings.encryptionKey, {
    frames,
    send,
    onChange: () => update(),
    onError: fail,
    signal,
  });
  const update = (): void => {
    const state = store.get();
    if (!isActive(state) || signal.aborted) return;
    const encryption = keys.apply(monitor.encryptionOf(state));
    const before = state.encryption ?? { encrypted: false, undecryptable: [] };
    if (JSON.stringify(encryption) === JSON.stringify(before)) return;
    store.dispatch({ type: 'encryption-changed', encryption });
    for (const id of encryption.undecryptable)
      if (!before.undecryptable.includes(id)) fail(undecryptable(id));
  };
  let participants: ActiveCall['participants'] | undefined;
  const stop = store.subscribe((state) => {
    if (isActive(state) && state.participants !== participants) {
      participants = state.participants;
      keys.setCall(state);
    }
    update();
  });
  signal.addEventListener('abort', stop, { once: true });
  showEncryption(view, { signal });
  return {
    ...frames,
    setKey: (key) => keys.setKey(key),
    receive: (from, message) => keys.receive(from, message),
  };
}

interface KeySourceOptions extends EncryptionOptions {
  readonly frames: Pick<FrameEncryption, 'setSecrets'>;
  readonly onChange: () => void;
  readonly onError: (error: unknown) => void;
}

/** The keys that the participants agree on; from the application's first key on, its keys alone. */
class KeySource {
  readonly #options: KeySourceOptions;
  readonly #given: CallKeys;
  readonly #agreeing = new AbortController();
  #agreed: AgreedKeys | undefined;

  constructor(key: EncryptionKey, { frames, send, onChange, onError, signal }: KeySourceOptions) {
    this.#options = { frames, send, onChange, onError, signal };
    this.#given = new CallKeys(key, {
      use: (secrets) => {
        if (!this.#agreed) frames.setSecrets(secrets.map((secret) => ({ secret })));
      },
      onError,
      signal,
    });
    signal.addEventListener('abort', () => this.#agreeing.abort(), { once: true });
    if (key !== '') return;
    const use = frames.setSecrets;
    this.#agreed = new AgreedKeys({ use, send, onChange, signal: this.#agreeing.signal });
  }

  setCall(call: ActiveCall): void {
    const { sessionId, selfId } = call;
    this.#given.join(sessionId);
    this.#agreed?.setMembers({ sessionId, selfId, others: remoteParticipantsOf(call).map(({ id }) => id) });
  }

  setKey(key: EncryptionKey): void {
    if (key === '' && this.#agreed) return;
    this.#agreeing.abort();
    this.#agreed = undefined;
    if (key === '') this.#options.onError(keyMissing());
    else this.#options.frames.setSecrets([]);
    this.#given.setKey(key);
    this.#options.onChange();
  }

  receive(...message: Parameters<MediaEncryption['receive']>): void {
    this.#agreed?.receive(...message);
  }

  /** What is known of a call, with what is known of its keys: without those of everyone, it is not encrypted for all. */
  apply({ encrypted, undecryptable }: CallEncryption): CallEncryption {
    if (!this.#agreed) return { encrypted, undecryptable };
    const { code, overdue } = this.#agreed;
    return {
      encrypted: encrypted && code !== undefined,
      undecryptable: [...new Set([...undecryptable, ...overdue])],
      ...(code !== undefined && { verificationCode: code }),
    };
  }
}

function keyMissing(): CallError {
  return new CallError('ENCRYPTION_KEY_MISSING', {
    message: 'encryptionKey was taken away. Nothing is sent or shown until there is another one.',
  });
}

function undecryptable(id: string): CallError {
  return new CallError('DECRYPTION_FAILED', {
    message:
      'The media of a participant cannot be decrypted, and is not shown: encryptionKey must be the same for all, or set by none.',
    details: { id },
  });
}
