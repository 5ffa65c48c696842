import { loadScreenCapture } from '../../session/browser-ports.js';
import { loadPipWindow } from '../pip/picture-in-picture.js';

/** Features that need a user gesture: user activation can expire while their code downloads. */
const chunks = [loadPipWindow, loadScreenCapture];

/** Downloads them when the pointer or focus enters the call, before they may be needed. */
export function preloadOnGesture(host: HTMLElement, { signal }: { readonly signal: AbortSignal }): void {
  const load = (): void => {
    for (const chunk of chunks)
      chunk().catch(() => {
        // Loaded again when it is needed.
      });
  };
  for (const eventName of ['pointerover', 'focusin'])
    host.addEventListener(eventName, load, { once: true, signal });
}
