import type { Background, WorkerResponse, WorkerRequest } from './background.js';

/** The worker that replaces the background. */
export interface Segmentation {
  post(message: WorkerRequest, transfer?: readonly Transferable[]): void;
  /** Called for each finished frame and each tick. */
  onMessage(handle: (message: WorkerResponse) => void): void;
}

interface SegmentationOptions {
  readonly assets: string;
  readonly background: Background;
  /** Ends the worker. */
  readonly signal: AbortSignal;
  /** The worker failed after it was ready. */
  readonly onBroken: () => void;
}

/** Starts the worker; resolves when it is ready to draw. */
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

/** Worker scripts must be same-origin, so a local blob script imports the actual one. */
function startWorker(url: string): Worker {
  if (new URL(url).origin === location.origin) return new Worker(url);
  const text = `importScripts(${JSON.stringify(url)})`;
  const localUrl = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const worker = new Worker(localUrl);
  // Revoked after the first message: Firefox fetches the script after the constructor has returned.
  worker.addEventListener('message', () => URL.revokeObjectURL(localUrl), { once: true });
  return worker;
}
