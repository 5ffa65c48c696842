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
      try {
        const { floatCall } = await import('./float-call.js');
        close = await floatCall(host, forget);
      } catch (cause) {
        throw new CallError('UNSUPPORTED', { cause, details: { what: 'picture-in-picture' } });
      }
      return true;
    },
  };
}
