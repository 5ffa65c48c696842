import type { ParticipantId } from '../../domain/call/participant.js';
import type { StageTile, StageTiles } from './stage-tiles.js';

interface PageOptions {
  /** Tiles that fit on one page. */
  readonly capacity: number;
  /** The page that is wanted; the nearest existing one is given. */
  readonly page: number;
  readonly speaker: ParticipantId | null;
}

export interface Page {
  readonly tiles: readonly StageTile[];
  readonly page: number;
  readonly pages: number;
}

/**
 * One page of tiles. Tiles keep their places when someone speaks: on the first page, a speaker who is not on it takes the
 * last place of another. The local tile, if included, stays at the end of the first page.
 */
export function pageOf({ remote, local }: StageTiles, options: PageOptions): Page {
  const { capacity, speaker } = options;
  const firstPageSize = Math.max(local ? 0 : 1, capacity - (local ? 1 : 0));
  const pages = 1 + Math.ceil(Math.max(0, remote.length - firstPageSize) / capacity);
  const page = Math.min(Math.max(0, options.page), pages - 1);
  if (page > 0) {
    const start = firstPageSize + (page - 1) * capacity;
    return { tiles: remote.slice(start, start + capacity), page, pages };
  }
  const shown = withSpeaker(remote, firstPageSize, speaker);
  return { tiles: local ? [...shown, local] : shown, page, pages };
}

function withSpeaker(
  remote: readonly StageTile[],
  count: number,
  speaker: ParticipantId | null,
): readonly StageTile[] {
  const shown = remote.slice(0, count);
  const hidden = remote
    .slice(count)
    .find(({ tile }) => tile.participantId === speaker && tile.source === 'camera');
  return hidden && shown.length > 0 ? [...shown.slice(0, -1), hidden] : shown;
}
