import type { TileRef } from '../../domain/call/call-state.js';
import { bestGrid, gridCapacity, gridPlaces, type Box, type Place } from './grid.js';
import { pageOf, type Page } from './pagination.js';
import { selfViewPlace, filmstripFor } from './filmstrip.js';
import type { LayoutInput } from './layout-input.js';
import {
  allTiles,
  frontTile,
  tilesOf,
  type LayoutState,
  type StageTile,
  type StageTiles,
} from './stage-tiles.js';

/** `gridLayout`: one of many; `front`: the big one; `filmstrip`: beside it; `self-view`: floating over it. */
export type TileRole = 'grid' | 'front' | 'filmstrip' | 'self-view';

export interface PlacedTile extends Place {
  readonly key: string;
  readonly tile: TileRef;
  readonly role: TileRole;
}

export interface Layout {
  readonly tiles: readonly PlacedTile[];
  /** The page that is shown, from 0; pages are those of the grid, or of the filmstrip. */
  readonly page: number;
  readonly pages: number;
}

/** Places every tile of a call. Pure: the same call in the same space always gives the same layout. */
export function computeLayout(state: LayoutState, input: LayoutInput): Layout {
  const tiles = tilesOf(state);
  const [first] = tiles.remote;
  if (!first) return singlePage(allTiles(tiles).map((tile) => placeTile(tile, 'front', limitedWidth(input))));
  const front = frontTile(state, tiles);
  if (isFloating(state, tiles)) return floatingLayout(front ?? first, state, tiles, input);
  return front ? spotlightLayout(front, state, tiles, input) : gridLayout(state, tiles, input);
}

/** With two participants, the remote one is large; SINGLE always shows only one tile. */
function isFloating({ mode }: LayoutState, { remote }: StageTiles): boolean {
  return mode === 'SINGLE' || (mode === 'DEFAULT' && remote.length === 1);
}

function floatingLayout(front: StageTile, state: LayoutState, tiles: StageTiles, input: LayoutInput): Layout {
  const speakerTile = tiles.remote.find(({ tile }) => tile.participantId === state.speaker);
  const floatingTile = front.key === tiles.local?.key ? (speakerTile ?? tiles.remote[0]) : tiles.local;
  return singlePage([
    placeTile(front, 'front', fullStage(input)),
    ...(floatingTile ? [placeTile(floatingTile, 'self-view', selfViewPlace(input))] : []),
  ]);
}

function gridLayout(state: LayoutState, tiles: StageTiles, input: LayoutInput): Layout {
  const { gap } = input;
  const capacity = gridCapacity(allTiles(tiles).length, input, gap);
  // If there is room for only one tile, it is a remote one.
  const shownTiles = capacity === 1 ? { remote: tiles.remote } : tiles;
  const page = pageOf(shownTiles, { capacity, page: input.page, speaker: state.speaker });
  const shape = bestGrid(page.pages > 1 ? capacity : page.tiles.length, input, gap);
  return pagedLayout(page, gridPlaces(page.tiles.length, shape, input, gap), 'grid', []);
}

function spotlightLayout(
  front: StageTile,
  state: LayoutState,
  tiles: StageTiles,
  input: LayoutInput,
): Layout {
  const remote = tiles.remote.filter(({ key }) => key !== front.key);
  const stripTiles = front.key === tiles.local?.key ? { remote } : { remote, local: tiles.local };
  const filmstrip = filmstripFor(allTiles(stripTiles).length, input, state.mode === 'SIDEBAR');
  const page = pageOf(stripTiles, { capacity: filmstrip.capacity, page: input.page, speaker: state.speaker });
  return pagedLayout(page, filmstrip.places(page.tiles.length), 'filmstrip', [
    placeTile(front, 'front', filmstrip.front),
  ]);
}

function pagedLayout(
  { tiles, page, pages }: Page,
  places: readonly Place[],
  role: TileRole,
  front: readonly PlacedTile[],
): Layout {
  const besideTiles = tiles.flatMap((tile, index) => {
    const place = places[index];
    return place ? [placeTile(tile, role, place)] : [];
  });
  return { tiles: [...front, ...besideTiles], page, pages };
}

function singlePage(tiles: readonly PlacedTile[]): Layout {
  return { tiles, page: 0, pages: 1 };
}

function placeTile({ key, tile }: StageTile, role: TileRole, place: Place): PlacedTile {
  return { key, tile, role, ...place };
}

/** On a very wide stage, so much of it that a face is not cut. */
function limitedWidth({ width: stageWidth, height }: Box): Place {
  const width = Math.min(stageWidth, height * 2);
  return { x: (stageWidth - width) / 2, y: 0, width, height };
}

function fullStage({ width, height }: Box): Place {
  return { x: 0, y: 0, width, height };
}
