// A classic script: test/tools/build/processor-files.mjs builds it.
import {
  keepKnown,
  type EncryptionReport,
  type EncryptionRequest,
  type IdentifiedSecret,
  type TransformOptions,
} from './encryption-messages.js';
import { layouts, type Layout } from './frame-format.js';
import { FrameOpener } from './frame-opener.js';
import { FrameSealer } from './frame-sealer.js';

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

let identified: readonly IdentifiedSecret[] = [];
let secrets: readonly CryptoKey[] = [];
/** What senders do when there is another secret. */
const onSecrets: (() => void)[] = [];

scope.onmessage = ({ data }) => {
  identified = keepKnown(identified, data.secrets);
  secrets = identified.map(({ secret }) => secret);
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
  let isReported = false;
  // Receivers begin with a key frame. It is refused while nothing is sent.
  if (isVideo(options)) onSecrets.push(() => void transformer.generateKeyFrame?.().catch(() => undefined));
  return async (frame) => {
    const sealed = await sealer.seal(new Uint8Array(frame.data), layoutOf(options, frame), secrets[0]);
    if (sealed && !isReported) {
      isReported = true;
      scope.postMessage({ type: 'sealed', peerId: options.peerId });
    }
    return sealed;
  };
}

function opening(transformer: Transformer): Transform {
  const { options } = transformer;
  const { participantId, source } = options;
  const opener = new FrameOpener(options);
  let failures = 0;
  let isOpen = false;
  return async (frame) => {
    const opened = await opener.open(new Uint8Array(frame.data), secrets);
    if (!opened) {
      failures += 1;
      if (failures !== failuresUntilReport) return undefined;
      isOpen = false;
      scope.postMessage({ type: 'failing', participantId, source });
      return undefined;
    }
    if (failures > 0 && opened.layout === layouts.delta)
      void transformer.sendKeyFrameRequest?.().catch(() => undefined);
    failures = 0;
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
