import type { ParticipantId } from '../../domain/participant.js';
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
 * One page of tiles. Nobody changes place when somebody speaks: on the first page, a speaker who is not on it takes the
 * last place of another. One's own tile, if it is among them, stays at the end of the first page.
 */
export function pageOf(
  { others, own }: Partial<Pick<StageTiles, 'own'>> & Pick<StageTiles, 'others'>,
  options: PageOptions,
): Page {
  const { capacity, speaker } = options;
  const first = Math.max(own ? 0 : 1, capacity - (own ? 1 : 0));
  const pages = 1 + Math.ceil(Math.max(0, others.length - first) / capacity);
  const page = Math.min(Math.max(0, options.page), pages - 1);
  if (page > 0) {
    const start = first + (page - 1) * capacity;
    return { tiles: others.slice(start, start + capacity), page, pages };
  }
  const shown = withSpeaker(others, first, speaker);
  return { tiles: own ? [...shown, own] : shown, page, pages };
}

function withSpeaker(
  others: readonly StageTile[],
  places: number,
  speaker: ParticipantId | null,
): readonly StageTile[] {
  const shown = others.slice(0, places);
  const hidden = others
    .slice(places)
    .find(({ tile }) => tile.participantId === speaker && tile.source === 'camera');
  return hidden && shown.length > 0 ? [...shown.slice(0, -1), hidden] : shown;
}
