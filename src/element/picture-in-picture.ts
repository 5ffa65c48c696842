import { loadChunk } from '../base/load-chunk.js';
import { CallError } from '../domain/call-error.js';
import type { PictureInPicture } from '../session/session-ports.js';

/** Shows the call in a window above all others, and brings it back. */
export function createPictureInPicture(host: HTMLElement): PictureInPicture {
  let close: (() => void) | undefined;
  return {
    async toggle(onClose) {
      if (close) {
        close();
        return false;
      }
      const forget = (): void => {
        close = undefined;
        onClose();
      };
      // Not within the `try`: that it did not load does not mean that this browser cannot do it.
      const { floatCall } = await loadChunk('float-call', () => import('./float-call.js'));
      try {
        close = await floatCall(host, forget);
      } catch (cause) {
        throw new CallError('UNSUPPORTED', { cause, details: { what: 'picture-in-picture' } });
      }
      return true;
    },
  };
}
