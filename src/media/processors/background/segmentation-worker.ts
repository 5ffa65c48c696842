// A classic script with the inference library in it: test/tools/build/processor-files.mjs builds it.
import type { WorkerResponse, WorkerRequest } from './background.js';
import { createComposer, type Composer } from './composer.js';
import { loadSegmenter } from './segmenter.js';

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<WorkerRequest>) => void;
  postMessage(message: WorkerResponse, transfer?: readonly Transferable[]): void;
};

let compose: Composer | undefined;

scope.onmessage = ({ data }) => {
  const fail = (error: unknown): void => scope.postMessage({ type: 'failed', reason: String(error) });
  if (data.type === 'load') load(data).catch(fail);
  else if (data.type === 'pump') pump(data).catch(fail);
  else if (data.type === 'tick') setInterval(() => scope.postMessage({ type: 'tick' }), data.period);
  else draw(data.frame);
};

async function load({ files, background }: Extract<WorkerRequest, { type: 'load' }>): Promise<void> {
  const segmenter = await loadSegmenter(files);
  // Warm-up: the first run is the slowest.
  segmenter.run(new Uint8ClampedArray(segmenter.width * segmenter.height * 4));
  compose = createComposer(segmenter, background);
  scope.postMessage({ type: 'ready' });
}

/** Chromium: processes frames from one track to the other without the main thread. */
function pump({ readable, writable }: Extract<WorkerRequest, { type: 'pump' }>): Promise<void> {
  const composed = new TransformStream<VideoFrame, VideoFrame>({
    transform(frame, controller) {
      const before = performance.now();
      const canvas = compose?.(frame);
      const { timestamp, duration } = frame;
      frame.close();
      if (!canvas) return;
      controller.enqueue(
        new VideoFrame(canvas, { timestamp, alpha: 'discard', ...(duration !== null && { duration }) }),
      );
      scope.postMessage({ type: 'drawn', durationMs: performance.now() - before });
    },
  });
  return readable.pipeThrough(composed).pipeTo(writable);
}

/** Other browsers: the page sends each frame and receives the result. */
function draw(frame: ImageBitmap): void {
  const before = performance.now();
  const canvas = compose?.(frame);
  frame.close();
  if (!canvas) return;
  const drawn = canvas.transferToImageBitmap();
  scope.postMessage({ type: 'drawn', durationMs: performance.now() - before, frame: drawn }, [drawn]);
}
