import { loadChunk } from '../base/load-chunk.js';

/** Parts that start with a gesture of the user, which the browser forgets while code is being downloaded. */
const parts = [
  () => loadChunk('float-call', () => import('./float-call.js')),
  () => loadChunk('screen-capture', () => import('../media/screen-capture.js')),
];

/** Downloads them when the pointer or the focus comes to the call: before they are needed, if they ever are. */
export function loadBeforeGestures(host: HTMLElement, { signal }: { readonly signal: AbortSignal }): void {
  const load = (): void => {
    for (const part of parts)
      part().catch(() => {
        // Asked for again when it is needed.
      });
  };
  for (const sign of ['pointerover', 'focusin']) host.addEventListener(sign, load, { once: true, signal });
}
