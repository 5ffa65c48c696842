import { loadChunk } from '../../base/load-chunk.js';
import type { ActiveCall } from '../../domain/call/call-state.js';

/** Downloads what tells notices; a second time it is there already. */
export function loadNotices(): Promise<unknown> {
  return loadChunk('notice-list', () => import('./notice-list.js'));
}

/** Whether there may be something to be told: most calls never need the code that tells it. */
export function hasNotices({ local, videoRequest, participants }: ActiveCall): boolean {
  return (
    videoRequest !== null ||
    Object.keys(local.trouble).length > 0 ||
    [...participants.values()].some(({ recording }) => recording)
  );
}
