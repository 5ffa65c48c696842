import { loadChunk } from '../../base/load-chunk.js';
import { announceLoadFailure } from '../load-failure.js';

/**
 * Loads the menu element; for events that say that a menu may soon be wanted. Its place can be opened before it is there, and
 * it fills itself when it comes. If it does not load, a press shows that, and the next press retries.
 */
export function loadMenu({ type, currentTarget }: Event): void {
  loadChunk('menu', () => import('./menu.js')).catch((error: unknown) => {
    if (type === 'click') announceLoadFailure(currentTarget as Element, error);
  });
}
