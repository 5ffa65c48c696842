import { loadChunk } from '../../base/load-chunk.js';
import { announceLoadFailure } from '../load-failure.js';

/**
 * Loads the menu element; for events that say that a menu may soon be wanted. Its place can be opened before it is there, and
 * it fills itself when it comes. Where it does not load, a press says so, and the next one tries again.
 */
export function loadMenu({ type, currentTarget }: Event): void {
  loadChunk('menu', () => import('./menu.js')).catch((error: unknown) => {
    if (type === 'click') announceLoadFailure(currentTarget as Element, error);
  });
}
