import { loadChunk } from '../../base/load-chunk.js';
import type { ActiveCall } from '../../domain/call/call-state.js';

/** Loads the code of the notices, once. */
export function loadNotices(): Promise<unknown> {
  return loadChunk('notice-list', () => import('./notice-list.js'));
}

/** Whether there may be notices: most calls never need their code. */
export function hasNotices({ local, videoRequest, participants }: ActiveCall): boolean {
  return (
    videoRequest !== null ||
    Object.keys(local.failures).length > 0 ||
    Object.values(local.replaced).some(Boolean) ||
    [...participants.values()].some(({ recording }) => recording)
  );
}
