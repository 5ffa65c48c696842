import type { ActiveCall } from '../../domain/call-state.js';

/** Whether there may be something to be told: most calls never need the code that tells it. */
export function hasNotices({ local, videoRequest, participants }: ActiveCall): boolean {
  return (
    videoRequest !== null ||
    Object.keys(local.trouble).length > 0 ||
    [...participants.values()].some(({ recording }) => recording)
  );
}
