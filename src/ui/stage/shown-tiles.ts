import { isActive } from '../../domain/call-state.js';
import type { CallView } from '../call-view.js';
import { initialsOf } from '../tile/person.js';
import type { CallTile } from '../tile/tile.js';
import { tileModel, tileName, type TileModel } from '../tile/tile-model.js';
import { arrange } from './arrange.js';
import type { Place } from './grid.js';
import type { CallStage } from './stage.js';
import type { StageRoom } from './stage-room.js';

/** A tile as it is to be seen now. Place and size are shares (0 to 1) of the stage. */
export interface ShownTile extends Place {
  /** `null`: no picture, the initials are shown. */
  readonly stream: MediaStream | null;
  readonly name: string;
  readonly fit: 'cover' | 'contain';
  readonly mirrored: boolean;
  readonly avatarInitials: string;
  readonly colour: string;
}

/** Where nobody looks (the page hides the call), a stage of this size is imagined. */
const imagined: StageRoom = { width: 1280, height: 720, gap: 10, page: 0, dock: 'bottom-end' };

/** The size of the stage in pixels; `undefined` while it cannot be seen. */
export function stageSize(view: CallView): { readonly width: number; readonly height: number } | undefined {
  const { width, height } = stageOf(view)?.getBoundingClientRect() ?? { width: 0, height: 0 };
  return width > 0 && height > 0 ? { width, height } : undefined;
}

/** What a view shows of its call: every tile as the user sees it, wherever it was dragged. `undefined` outside a call. */
export function shownTiles(view: CallView): readonly ShownTile[] | undefined {
  const stage = stageOf(view);
  if (!stage) return undefined;
  const tiles = [...stage.renderRoot.querySelectorAll('cometchat-call-tile')];
  if (tiles.length === 0 || !stageSize(view)) return unseenTiles(view);
  const area = stage.getBoundingClientRect();
  // What floats lies over the others.
  const floats = ({ place }: CallTile): number => Number(place === 'self-view');
  return tiles.sort((one, other) => floats(one) - floats(other)).flatMap((tile) => seenTile(tile, area));
}

function stageOf(view: CallView): CallStage | null {
  return view.renderRoot.querySelector('cometchat-call-stage');
}

function seenTile(tile: CallTile, area: DOMRect): readonly ShownTile[] {
  const { model, stream, renderRoot } = tile;
  if (!model) return [];
  const { left, top, width, height } = tile.getBoundingClientRect();
  const video = renderRoot.querySelector('video');
  const avatar = renderRoot.querySelector('.avatar');
  return [
    {
      ...person(model, stream),
      x: (left - area.left) / area.width,
      y: (top - area.top) / area.height,
      width: width / area.width,
      height: height / area.height,
      name: renderRoot.querySelector('[part~="name"]')?.textContent?.trim() ?? '',
      fit: video && getComputedStyle(video).objectFit === 'contain' ? 'contain' : 'cover',
      colour: avatar ? getComputedStyle(avatar).backgroundColor : '#444',
    },
  ];
}

function unseenTiles({ state, media, words, settings }: CallView): readonly ShownTile[] | undefined {
  if (!isActive(state)) return undefined;
  const mode = settings.singleMode ? 'SINGLE' : state.mode;
  return arrange({ ...state, mode }, imagined).tiles.flatMap(({ tile, x, y, width, height }) => {
    const model = tileModel(state, tile);
    if (!model) return [];
    return [
      {
        ...person(model, media?.streamOf(tile.participantId, tile.source) ?? null),
        x: x / imagined.width,
        y: y / imagined.height,
        width: width / imagined.width,
        height: height / imagined.height,
        name: tileName(model, words),
        fit: tile.source === 'screen' ? 'contain' : 'cover',
        colour: '#444',
      },
    ];
  });
}

function person(
  { participant, picture, mirrored, source }: TileModel,
  stream: MediaStream | null,
): Pick<ShownTile, 'stream' | 'mirrored' | 'avatarInitials'> {
  return {
    stream: picture ? stream : null,
    mirrored,
    avatarInitials: source === 'camera' ? initialsOf(participant.name) : '',
  };
}
