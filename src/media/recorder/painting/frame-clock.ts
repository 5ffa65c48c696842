import { trustedScriptUrl } from '../../../base/trusted-script-url.js';

/** Runs in a worker: browsers do not throttle its timers while the page is hidden. */
const workerSource = `
let timer;
onmessage = ({ data }) => {
  clearInterval(timer);
  timer = setInterval(() => postMessage(0), data);
};`;

/** Calls `tick` about `rate` times a second until `signal` is aborted, also while the page is hidden. */
export function startFrameClock(rate: number, tick: () => void, signal: AbortSignal): void {
  signal.throwIfAborted();
  const period = 1000 / rate;
  const worker = createTimerWorker();
  if (!worker) return startPageClock(period, tick, signal);
  worker.addEventListener('message', tick, { signal });
  // A Content-Security-Policy may block the worker, which is reported asynchronously.
  worker.addEventListener('error', () => startPageClock(period, tick, signal), { signal });
  signal.addEventListener('abort', () => worker.terminate(), { once: true });
  worker.postMessage(period);
}

function createTimerWorker(): Worker | undefined {
  const url = URL.createObjectURL(new Blob([workerSource], { type: 'text/javascript' }));
  try {
    return new Worker(trustedScriptUrl(url));
  } catch {
    // Blocked: falls back to page timers, which are throttled while hidden.
    return undefined;
  } finally {
    // Revoked late, when the worker has certainly fetched its source.
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }
}

function startPageClock(period: number, tick: () => void, signal: AbortSignal): void {
  const timer = setInterval(tick, period);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}
