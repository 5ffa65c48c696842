import { withTimeout } from '../../base/with-timeout.js';
import { CallError } from '../../domain/call-error.js';
import type { MediaEncryption } from '../../domain/media/media-encryption.js';
import { servingAdvice, startWorker } from '../served-files.js';
import {
  SecretNumbers,
  type EncryptionReport,
  type EncryptionRequest,
  type OwnedSecret,
  type TransformOptions,
} from './encryption-messages.js';

const workerTimeoutMs = 15_000;

export interface FrameEncryptionOptions {
  /** URL of the worker's script. */
  readonly workerUrl: string;
  readonly onReport: (report: Exclude<EncryptionReport, { type: 'ready' }>) => void;
  /** Ends the worker. */
  readonly signal: AbortSignal;
}

/** The transforms of a call, all in one worker. */
export interface FrameEncryption extends Omit<MediaEncryption, 'setKey' | 'receive'> {
  /** Of those of a participant the first encrypts, each decrypts. Without any, nothing is let through. */
  setSecrets(secrets: readonly OwnedSecret[]): void;
}

/** Starts the worker. Rejects with UNSUPPORTED_BROWSER, or with CHUNK_LOAD_FAILED if its script does not load. */
export async function openFrameEncryption(options: FrameEncryptionOptions): Promise<FrameEncryption> {
  const { workerUrl, signal } = options;
  if (!('RTCRtpScriptTransform' in globalThis) || !globalThis.crypto?.subtle)
    throw new CallError('UNSUPPORTED_BROWSER', {
      message:
        'End-to-end encryption needs RTCRtpScriptTransform (Chrome 141, Firefox 117, Safari 15.4) and a secure page. Nothing was sent.',
    });
  const worker = await runningWorker(workerUrl).catch((cause: unknown) => {
    throw unloaded(workerUrl, cause);
  });
  const end = (): void => worker.terminate();
  if (signal.aborted) end();
  signal.addEventListener('abort', end, { once: true });
  worker.onmessage = ({ data }: MessageEvent<EncryptionReport>) =>
    data.type !== 'ready' && options.onReport(data);
  const numbers = new SecretNumbers();
  const transform = (to: TransformOptions) => new RTCRtpScriptTransform(worker, to);
  const protectSender: MediaEncryption['protectSender'] = (sender, { source, selfId, peerId }) => {
    sender.transform = transform({ direction: 'send', participantId: selfId, source, peerId });
  };
  const protectReceiver: MediaEncryption['protectReceiver'] = (receiver, { source, peerId }) => {
    receiver.transform = transform({ direction: 'receive', participantId: peerId, source });
  };
  return {
    protectSender,
    protectReceiver,
    protect(transceiver, route) {
      preferPlainCodecs(transceiver);
      protectSender(transceiver.sender, route);
      protectReceiver(transceiver.receiver, route);
    },
    setSecrets: (secrets) =>
      worker.postMessage({ secrets: numbers.identify(secrets) } satisfies EncryptionRequest),
  };
}

/**
 * Browsers and media servers look into frames of H.264, AV1 and VP9, and of redundant audio. What they need of VP8 and Opus
 * stays clear.
 */
function preferPlainCodecs(transceiver: RTCRtpTransceiver): void {
  const { kind } = transceiver.receiver.track;
  const { codecs = [] } = RTCRtpReceiver.getCapabilities(kind) ?? {};
  // With preferences for video, Chromium refuses what Firefox (153) offers. Without, Firefox prefers VP8.
  if (kind === 'video' && navigator.userAgent.includes('Firefox/')) return;
  transceiver.setCodecPreferences(codecs.filter(({ mimeType }) => /\/(vp8|rtx|opus)$/i.test(mimeType)));
}

/** Resolves when the script runs. */
function runningWorker(url: string): Promise<Worker> {
  const opening = new Promise<Worker>((resolve, reject) => {
    const worker = startWorker(url);
    worker.onerror = ({ message }) => reject(new Error(message || 'the worker failed'));
    worker.onmessage = () => resolve(worker);
  });
  return withTimeout(opening, workerTimeoutMs);
}

function unloaded(url: string, cause: unknown): CallError {
  return new CallError('CHUNK_LOAD_FAILED', {
    message: `${url} did not load, so that nothing could be encrypted, and nothing was sent. ${servingAdvice}`,
    details: { chunk: 'processors/encryption/worker.js' },
    cause,
  });
}
