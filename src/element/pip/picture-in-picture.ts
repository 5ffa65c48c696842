import { ChunkLoadError, loadChunk } from '../../base/load-chunk.js';
import { CallError } from '../../domain/call-error.js';
import type { PictureInPicture } from '../../session/session-ports.js';
import type { PipCall } from './pip-call.js';

/** Loads what opens the window: before a press if it can be, because the press's user activation expires. */
export const loadPipWindow = () => loadChunk('pip-window', () => import('./pip-window.js'));

/** Shows the call in a window above all others, and brings it back: at the latest when it ends, or `signal` is aborted. */
export function createPictureInPicture(call: () => PipCall, signal: AbortSignal): PictureInPicture {
  let floating: Promise<() => void> | undefined;
  const open = async (onClosed: () => void): Promise<() => void> => {
    const { openPipWindow } = await loadPipWindow();
    const close = await openPipWindow(call(), onClosed);
    const { store } = call().session;
    const isOver = (): boolean => signal.aborted || store.get().phase === 'ended';
    const stop = store.subscribe(() => isOver() && closeAll());
    const closeAll = (): void => {
      stop();
      signal.removeEventListener('abort', closeAll);
      close();
    };
    signal.addEventListener('abort', closeAll, { once: true });
    if (isOver()) closeAll();
    return closeAll;
  };
  return {
    async toggle(onClose) {
      if (floating) {
        // Pressed again while the window is being opened: it is closed as soon as it is there.
        (await floating)();
        return false;
      }
      const opening = open(() => {
        if (floating !== opening) return;
        floating = undefined;
        onClose();
      });
      floating = opening;
      try {
        await opening;
      } catch (cause) {
        floating = undefined;
        // That it did not load does not mean that this browser cannot do it.
        if (cause instanceof ChunkLoadError) throw cause;
        throw new CallError('UNSUPPORTED', { cause, details: { what: 'picture-in-picture' } });
      }
      return floating === opening;
    },
  };
}
