import { loadChunk } from '../../base/load-chunk.js';

/** Parts that start with a gesture of the user, which the browser forgets while code is being downloaded. */
const chunks = [
  () => loadChunk('float-call', () => import('../pip/pip-window.js')),
  () => loadChunk('screen-capture', () => import('../../media/capture/screen-capture.js')),
];

/** Downloads them when the pointer or the focus comes to the call: before they are needed, if they ever are. */
export function preloadOnGesture(host: HTMLElement, { signal }: { readonly signal: AbortSignal }): void {
  const load = (): void => {
    for (const chunk of chunks)
      chunk().catch(() => {
        // Asked for again when it is needed.
      });
  };
  for (const eventName of ['pointerover', 'focusin'])
    host.addEventListener(eventName, load, { once: true, signal });
}
