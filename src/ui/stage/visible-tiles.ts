import { isActive } from '../../domain/call/call-state.js';
import type { CallView } from '../view/call-view.js';
import { initialsOf } from '../tile/initials.js';
import type { CallTile } from '../tile/tile.js';
import { tileModel, tileName, type TileModel } from '../tile/tile-model.js';
import { computeLayout } from './layout.js';
import type { Place } from './grid.js';
import type { CallStage } from './stage.js';
import type { LayoutInput } from './layout-input.js';

/** A tile as it is to be seen now. Place and size are shares (0 to 1) of the stage. */
export interface VisibleTile extends Place {
  /** `null`: no video; the initials are shown. */
  readonly stream: MediaStream | null;
  readonly name: string;
  readonly fit: 'cover' | 'contain';
  readonly mirrored: boolean;
  readonly avatarInitials: string;
  readonly colour: string;
}

/** The assumed size of the stage while the page hides the call. */
const fallbackInput: LayoutInput = { width: 1280, height: 720, gap: 10, page: 0, dock: 'bottom-end' };

/** The size of the stage in pixels; `undefined` while it cannot be seen. */
export function stageSize(view: CallView): { readonly width: number; readonly height: number } | undefined {
  const { width, height } = stageOf(view)?.getBoundingClientRect() ?? { width: 0, height: 0 };
  return width > 0 && height > 0 ? { width, height } : undefined;
}

/** What a view shows of its call: every tile as the user sees it, wherever it was dragged. `undefined` outside a call. */
export function visibleTiles(view: CallView): readonly VisibleTile[] | undefined {
  const stage = stageOf(view);
  if (!stage) return undefined;
  const tiles = [...stage.renderRoot.querySelectorAll('cometchat-call-tile')];
  if (tiles.length === 0 || !stageSize(view)) return computedTiles(view);
  const area = stage.getBoundingClientRect();
  // What floats lies over the others.
  const isFloating = ({ placement }: CallTile): number => Number(placement === 'self-view');
  return tiles
    .sort((first, second) => isFloating(first) - isFloating(second))
    .flatMap((tile) => measuredTile(tile, area));
}

function stageOf(view: CallView): CallStage | null {
  return view.renderRoot.querySelector('cometchat-call-stage');
}

function measuredTile(tile: CallTile, area: DOMRect): readonly VisibleTile[] {
  const { model, stream, renderRoot } = tile;
  if (!model) return [];
  const { left, top, width, height } = tile.getBoundingClientRect();
  const video = renderRoot.querySelector('video');
  const avatar = renderRoot.querySelector('.avatar');
  return [
    {
      ...identityOf(model, stream),
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

function computedTiles({ state, media, words, settings }: CallView): readonly VisibleTile[] | undefined {
  if (!isActive(state)) return undefined;
  const mode = settings.singleMode ? 'SINGLE' : state.mode;
  return computeLayout({ ...state, mode }, fallbackInput).tiles.flatMap(({ tile, x, y, width, height }) => {
    const model = tileModel(state, tile);
    if (!model) return [];
    return [
      {
        ...identityOf(model, media?.streamOf(tile.participantId, tile.source) ?? null),
        x: x / fallbackInput.width,
        y: y / fallbackInput.height,
        width: width / fallbackInput.width,
        height: height / fallbackInput.height,
        name: tileName(model, words),
        fit: tile.source === 'screen' ? 'contain' : 'cover',
        colour: '#444',
      },
    ];
  });
}

function identityOf(
  { participant, hasVideo, mirrored, source }: TileModel,
  stream: MediaStream | null,
): Pick<VisibleTile, 'stream' | 'mirrored' | 'avatarInitials'> {
  return {
    stream: hasVideo ? stream : null,
    mirrored,
    avatarInitials: source === 'camera' ? initialsOf(participant.name) : '',
  };
}
