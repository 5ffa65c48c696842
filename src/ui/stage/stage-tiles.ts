import type { ActiveCall, TileRef } from '../../domain/call/call-state.js';
import { isViewer } from '../../domain/call/participant.js';

/** What the arrangement of a call depends on. */
export type LayoutState = Pick<ActiveCall, 'participants' | 'selfId' | 'mode' | 'pinned' | 'speaker'>;

/** One video that can be shown. */
export interface StageTile {
  /** Stable as long as the video exists. */
  readonly key: string;
  readonly tile: TileRef;
  readonly isLocal: boolean;
}

/** All tiles that can be shown, in the order of joining; the local camera is last. */
export interface StageTiles {
  readonly remote: readonly StageTile[];
  /** Absent for a viewer. */
  readonly local?: StageTile | undefined;
}

export function tileKey({ participantId, source }: TileRef): string {
  return `${participantId}/${source}`;
}

export function tilesOf({ participants, selfId }: LayoutState): StageTiles {
  const remote: StageTile[] = [];
  for (const participant of participants.values()) {
    const { id, screenSharing } = participant;
    // A viewer has nothing to show; the list of participants has them.
    if (isViewer(participant)) continue;
    if (screenSharing) remote.push(stageTile({ participantId: id, source: 'screen' }, selfId));
    if (id !== selfId) remote.push(stageTile({ participantId: id, source: 'camera' }, selfId));
  }
  const self = participants.get(selfId);
  if (self && isViewer(self)) return { remote };
  return { remote, local: stageTile({ participantId: selfId, source: 'camera' }, selfId) };
}

/** The remote tiles, then the local one. */
export function allTiles({ remote, local }: StageTiles): readonly StageTile[] {
  return local ? [...remote, local] : remote;
}

/**
 * In the order of joining, also when another tile is in front: an element that is moved about in the document loses its
 * motion, its focus and a moment of its video.
 */
export function inJoinOrder<Tile extends Pick<StageTile, 'key'>>(
  shown: readonly Tile[],
  tiles: StageTiles,
): readonly Tile[] {
  const keys = allTiles(tiles).map(({ key }) => key);
  return [...shown].sort((first, second) => keys.indexOf(first.key) - keys.indexOf(second.key));
}

function stageTile(tile: TileRef, selfId: string): StageTile {
  return { key: tileKey(tile), tile, isLocal: tile.participantId === selfId };
}

/** The tile for the front: the pinned one, a shared screen, or (if the layout has a front) the active speaker. */
export function frontTile(state: LayoutState, tiles: StageTiles): StageTile | undefined {
  const { remote } = tiles;
  const { pinned, speaker, mode } = state;
  const pinnedKey = pinned && tileKey(pinned);
  const pinnedTile = allTiles(tiles).find(({ key }) => key === pinnedKey);
  if (pinnedTile) return pinnedTile;
  const screenTile = remote.findLast(({ tile, isLocal }) => tile.source === 'screen' && !isLocal);
  if (screenTile) return screenTile;
  if (mode === 'DEFAULT' || mode === 'TILE') return undefined;
  const cameras = remote.filter(({ tile }) => tile.source === 'camera');
  return cameras.find(({ tile }) => tile.participantId === speaker) ?? cameras[0];
}
