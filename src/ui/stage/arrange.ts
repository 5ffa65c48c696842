import type { TileRef } from '../../domain/call-state.js';
import { bestGrid, gridCapacity, gridPlaces, type Box, type Place } from './grid.js';
import { pageOf, type Page } from './pages.js';
import { selfViewPlace, stripFor } from './beside.js';
import type { StageRoom } from './stage-room.js';
import { frontTile, tilesOf, type Picture, type StageTile, type StageTiles } from './stage-tiles.js';

/** `grid`: one of many; `front`: the big one; `filmstrip`: beside it; `self-view`: floating over it. */
export type TileRole = 'grid' | 'front' | 'filmstrip' | 'self-view';

export interface PlacedTile extends Place {
  readonly key: string;
  readonly tile: TileRef;
  readonly role: TileRole;
}

export interface Arrangement {
  readonly tiles: readonly PlacedTile[];
  /** The page that is shown, from 0; pages are those of the grid, or of the filmstrip. */
  readonly page: number;
  readonly pages: number;
}

/** Where every picture of a call goes. Pure: the same call in the same room always looks the same. */
export function arrange(picture: Picture, room: StageRoom): Arrangement {
  const tiles = tilesOf(picture);
  if (tiles.others.length === 0) return onePage([placed(tiles.own, 'front', wideEnough(room))]);
  const front = frontTile(picture, tiles);
  if (floats(picture, tiles)) return floating(front ?? firstOf(tiles), picture, tiles, room);
  return front ? spotlight(front, picture, tiles, room) : grid(picture, tiles, room);
}

/** Two people see each other large; SINGLE shows but one, whoever else is there. */
function floats({ mode }: Picture, { others }: StageTiles): boolean {
  return mode === 'SINGLE' || (mode === 'DEFAULT' && others.length === 1);
}

function firstOf({ others, own }: StageTiles): StageTile {
  return others[0] ?? own;
}

function floating(front: StageTile, picture: Picture, tiles: StageTiles, room: StageRoom): Arrangement {
  const speaking = tiles.others.find(({ tile }) => tile.participantId === picture.speaker);
  const small = front.key === tiles.own.key ? (speaking ?? firstOf(tiles)) : tiles.own;
  return onePage([placed(front, 'front', whole(room)), placed(small, 'self-view', selfViewPlace(room))]);
}

function grid(picture: Picture, tiles: StageTiles, room: StageRoom): Arrangement {
  const { gap } = room;
  const capacity = gridCapacity(tiles.others.length + 1, room, gap);
  // Where there is room for one face only, it is not one's own.
  const some = capacity === 1 ? { others: tiles.others } : tiles;
  const page = pageOf(some, { capacity, page: room.page, speaker: picture.speaker });
  const shape = bestGrid(page.pages > 1 ? capacity : page.tiles.length, room, gap);
  return paged(page, gridPlaces(page.tiles.length, shape, room, gap), 'grid', []);
}

function spotlight(front: StageTile, picture: Picture, tiles: StageTiles, room: StageRoom): Arrangement {
  const others = tiles.others.filter(({ key }) => key !== front.key);
  const rest = front.key === tiles.own.key ? { others } : { others, own: tiles.own };
  const strip = stripFor(rest.others.length + ('own' in rest ? 1 : 0), room, picture.mode === 'SIDEBAR');
  const page = pageOf(rest, { capacity: strip.capacity, page: room.page, speaker: picture.speaker });
  return paged(page, strip.places(page.tiles.length), 'filmstrip', [placed(front, 'front', strip.front)]);
}

function paged(
  { tiles, page, pages }: Page,
  places: readonly Place[],
  role: TileRole,
  front: readonly PlacedTile[],
): Arrangement {
  const beside = tiles.flatMap((tile, index) => {
    const place = places[index];
    return place ? [placed(tile, role, place)] : [];
  });
  return { tiles: [...front, ...beside], page, pages };
}

function onePage(tiles: readonly PlacedTile[]): Arrangement {
  return { tiles, page: 0, pages: 1 };
}

function placed({ key, tile }: StageTile, role: TileRole, place: Place): PlacedTile {
  return { key, tile, role, ...place };
}

/** On a very wide stage, so much of it that a face is not cut. */
function wideEnough({ width: room, height }: Box): Place {
  const width = Math.min(room, height * 2);
  return { x: (room - width) / 2, y: 0, width, height };
}

function whole({ width, height }: Box): Place {
  return { x: 0, y: 0, width, height };
}
