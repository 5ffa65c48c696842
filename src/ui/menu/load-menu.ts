import { loadChunk } from '../../base/load-chunk.js';
import { announceLoadFailure } from '../base/load-failure.js';

/** Loads the code of the menu, once. */
export function loadMenuCode(): Promise<unknown> {
  return loadChunk('menu', () => import('./menu.js'));
}

/**
 * Loads the menu element; for events that say that a menu may soon be wanted. Its place can be opened before it is there, and
 * it fills itself when it comes. If it does not load, a press shows that, and the next press retries.
 */
export function loadMenu({ type, currentTarget }: Event): void {
  loadMenuCode().catch((error: unknown) => {
    if (type === 'click') announceLoadFailure(currentTarget as Element, error);
  });
}
