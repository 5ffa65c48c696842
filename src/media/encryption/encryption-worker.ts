// A classic script: test/tools/build/processor-files.mjs builds it.
import {
  keepKnown,
  secretsOf,
  type EncryptionReport,
  type EncryptionRequest,
  type IdentifiedSecret,
  type TransformOptions,
} from './encryption-messages.js';
import { layouts, type Layout } from './frames/frame-format.js';
import { FrameOpener } from './frames/frame-opener.js';
import { FrameSealer } from './frames/frame-sealer.js';

type EncodedFrame = RTCEncodedVideoFrame | RTCEncodedAudioFrame;

interface Transformer {
  readonly readable: ReadableStream<EncodedFrame>;
  readonly writable: WritableStream<EncodedFrame>;
  readonly options: TransformOptions;
  generateKeyFrame?(): Promise<unknown>;
  sendKeyFrameRequest?(): Promise<unknown>;
}

type Transform = (frame: EncodedFrame) => Promise<Uint8Array<ArrayBuffer> | undefined>;

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<EncryptionRequest>) => void;
  onrtctransform: (event: { readonly transformer: Transformer }) => void;
  postMessage(report: EncryptionReport): void;
};

/** Frames in a row that are not decrypted, until that is reported: media servers insert some silent ones of their own. */
const failuresUntilReport = 60;

let secrets: readonly IdentifiedSecret[] = [];
/** What senders do when the secrets change. */
const onSecrets: (() => void)[] = [];

scope.onmessage = ({ data }) => {
  secrets = keepKnown(secrets, data.secrets);
  for (const handle of onSecrets) handle();
};

scope.onrtctransform = ({ transformer }) => {
  const { readable, writable, options } = transformer;
  const transform = options.direction === 'send' ? sealing(transformer) : opening(transformer);
  const frames = new TransformStream<EncodedFrame, EncodedFrame>({
    async transform(frame, controller) {
      // A frame that cannot be transformed goes no further.
      const data = await transform(frame).catch(() => undefined);
      if (!data) return;
      frame.data = data.buffer;
      controller.enqueue(frame);
    },
  });
  // It ends with the connection.
  readable
    .pipeThrough(frames)
    .pipeTo(writable)
    .catch(() => undefined);
};

function sealing(transformer: Transformer): Transform {
  const { options } = transformer;
  const sealer = new FrameSealer(options);
  const own = (): IdentifiedSecret | undefined => secretsOf(secrets, options.participantId)[0];
  let current = own();
  let reported: number | undefined;
  onSecrets.push(() => {
    const before = current;
    current = own();
    // Receivers begin with a key frame. It is refused while nothing is sent.
    if (isVideo(options) && current !== before) void transformer.generateKeyFrame?.().catch(() => undefined);
  });
  return async (frame) => {
    const { id, secret } = current ?? {};
    const sealed = await sealer.seal(new Uint8Array(frame.data), layoutOf(options, frame), secret);
    if (sealed && id !== undefined && id !== reported)
      scope.postMessage({ type: 'sealed', peerId: options.peerId, secretId: (reported = id) });
    return sealed;
  };
}

function opening(transformer: Transformer): Transform {
  const { options } = transformer;
  const { participantId, source } = options;
  const opener = new FrameOpener(options);
  let failures = 0;
  let isMissing = false;
  let isOpen = false;
  return async (frame) => {
    const known = secretsOf(secrets, participantId).map(({ secret }) => secret);
    // Who has no key yet knows why nothing is shown.
    if (known.length === 0) isMissing = true;
    if (known.length === 0) return undefined;
    const opened = await opener.open(new Uint8Array(frame.data), known);
    if (!opened) {
      failures += 1;
      if (failures !== failuresUntilReport) return undefined;
      isOpen = false;
      scope.postMessage({ type: 'failing', participantId, source });
      return undefined;
    }
    if ((failures > 0 || isMissing) && opened.layout === layouts.delta)
      void transformer.sendKeyFrameRequest?.().catch(() => undefined);
    failures = 0;
    isMissing = false;
    if (!isOpen) scope.postMessage({ type: 'opened', participantId, source });
    isOpen = true;
    return opened.data;
  };
}

const isVideo = ({ source }: TransformOptions): boolean => source === 'camera' || source === 'screen';

function layoutOf(options: TransformOptions, frame: EncodedFrame): Layout {
  if (!isVideo(options)) return layouts.audio;
  return (frame as RTCEncodedVideoFrame).type === 'key' ? layouts.key : layouts.delta;
}

scope.postMessage({ type: 'ready' });
