import type { Background, WorkerResponse, WorkerRequest } from './background.js';

/** A worker that puts people before another background. */
export interface Segmentation {
  post(message: WorkerRequest, transfer?: readonly Transferable[]): void;
  /** Every frame that is done, and every tick. */
  onMessage(handle: (message: WorkerResponse) => void): void;
}

interface SegmentationOptions {
  readonly assets: string;
  readonly background: Background;
  /** Ends the worker. */
  readonly signal: AbortSignal;
  /** It broke after it had been ready. */
  readonly onBroken: () => void;
}

/** Starts the worker; resolves when it can draw. */
export function openSegmentation({ assets, background, signal, onBroken }: SegmentationOptions) {
  return new Promise<Segmentation>((resolve, reject) => {
    const worker = startWorker(`${assets}segmentation/worker.js`);
    const handlers: ((message: WorkerResponse) => void)[] = [];
    const segmentation: Segmentation = {
      post: (message, transfer = []) => worker.postMessage(message, [...transfer]),
      onMessage: (handle) => void handlers.push(handle),
    };
    let isReady = false;
    const fail = (reason: string): void => (isReady ? onBroken() : reject(new Error(reason)));
    worker.onerror = ({ message }) => fail(message || 'The worker could not be started.');
    worker.onmessage = ({ data }: MessageEvent<WorkerResponse>) => {
      if (data.type === 'ready') {
        isReady = true;
        resolve(segmentation);
      } else if (data.type === 'failed') fail(data.reason);
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
    segmentation.post({ type: 'load', assets: `${assets}segmentation/`, background });
  });
}

/** A worker's own script has to be of the page's origin; a script of that origin may load one of another. */
function startWorker(url: string): Worker {
  if (new URL(url).origin === location.origin) return new Worker(url);
  const text = `importScripts(${JSON.stringify(url)})`;
  const localUrl = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const worker = new Worker(localUrl);
  // It has been fetched once the first message is answered; Firefox fetches it later than the constructor returns.
  worker.addEventListener('message', () => URL.revokeObjectURL(localUrl), { once: true });
  return worker;
}
