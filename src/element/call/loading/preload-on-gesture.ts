import { loadScreenCapture } from '../../../session/browser-ports.js';
import { loadEndedScreen } from '../../../ui/view/screens/load-ended-screen.js';
import { loadPipWindow } from '../../pip/picture-in-picture.js';

/** Features that need a user gesture, as user activation can expire while their code downloads, and what a press ends in. */
const chunks = [loadPipWindow, loadScreenCapture, loadEndedScreen];

/** What may command the call from outside of it. */
const buttons = 'button,a,input,cometchat-call-button';

/**
 * Downloads them, before they may be needed, when the pointer or focus enters the call or any button of the page: that
 * one may share the screen by `commandfor`, or by a script.
 */
export function preloadOnGesture(host: HTMLElement, { signal }: { readonly signal: AbortSignal }): void {
  const loaded = new AbortController();
  const options = { capture: true, signal: AbortSignal.any([signal, loaded.signal]) };
  const load = (event: Event): void => {
    const mayCommand = event
      .composedPath()
      .some((target) => target === host || (target instanceof Element && target.matches(buttons)));
    if (!mayCommand) return;
    loaded.abort();
    for (const chunk of chunks)
      chunk().catch(() => {
        // Loaded again when it is needed.
      });
  };
  for (const eventName of ['pointerover', 'focusin'])
    host.ownerDocument.addEventListener(eventName, load, options);
}
