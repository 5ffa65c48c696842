import { loadChunk } from '../../base/load-chunk.js';

/** Downloads what tells notices; a second time it is there already. */
export function loadNotices(): Promise<unknown> {
  return loadChunk('notice-list', () => import('./notice-list.js'));
}
