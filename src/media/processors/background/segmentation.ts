import { startWorker } from '../../served-files.js';
import type { ProcessorAssets } from '../processor-assets.js';
import { missingProcessorFile } from '../processor-file.js';
import type { Background, WorkerResponse, WorkerRequest } from './background.js';

/** The worker that replaces the background. */
export interface Segmentation {
  post(message: WorkerRequest, transfer?: readonly Transferable[]): void;
  /** Called for each finished frame and each tick. */
  onMessage(handle: (message: WorkerResponse) => void): void;
}

interface SegmentationOptions {
  readonly assets: ProcessorAssets;
  readonly background: Background;
  /** Ends the worker. */
  readonly signal: AbortSignal;
  /** The worker failed after it was ready. */
  readonly onBroken: () => void;
}

/** Starts the worker; resolves when it is ready to draw. */
export function openSegmentation({ assets, background, signal, onBroken }: SegmentationOptions) {
  return new Promise<Segmentation>((resolve, reject) => {
    const worker = startWorker(assets.worker);
    const handlers: ((message: WorkerResponse) => void)[] = [];
    const segmentation: Segmentation = {
      post: (message, transfer = []) => worker.postMessage(message, [...transfer]),
      onMessage: (handle) => void handlers.push(handle),
    };
    let isReady = false;
    const fail = (error: Error): void => (isReady ? onBroken() : reject(error));
    worker.onerror = ({ message }) =>
      fail(missingProcessorFile(assets.worker, message || 'the worker failed'));
    worker.onmessage = ({ data }: MessageEvent<WorkerResponse>) => {
      if (data.type === 'ready') {
        isReady = true;
        resolve(segmentation);
      } else if (data.type === 'failed') fail(new Error(data.reason));
      else for (const handle of handlers) handle(data);
    };
    signal.addEventListener(
      'abort',
      () => {
        worker.terminate();
        reject(new DOMException('No longer wanted.', 'AbortError'));
      },
      { once: true },
    );
    const { inference, model } = assets;
    segmentation.post({ type: 'load', files: { inference, model }, background });
  });
}
