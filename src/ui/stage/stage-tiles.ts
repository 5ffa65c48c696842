import type { ActiveCall, TileRef } from '../../domain/call-state.js';

/** What the arrangement of a call depends on. */
export type Picture = Pick<ActiveCall, 'participants' | 'selfId' | 'mode' | 'pinned' | 'speaker'>;

/** One picture that could be shown. */
export interface StageTile {
  /** Stays the same as long as the picture exists. */
  readonly key: string;
  readonly tile: TileRef;
  readonly own: boolean;
}

/** Everything that could be shown, in the order of joining; one's own camera comes last. */
export interface StageTiles {
  readonly others: readonly StageTile[];
  readonly own: StageTile;
}

export function tileKey({ participantId, source }: TileRef): string {
  return `${participantId}/${source}`;
}

export function tilesOf({ participants, selfId }: Picture): StageTiles {
  const others: StageTile[] = [];
  for (const { id, screenSharing } of participants.values()) {
    if (screenSharing) others.push(stageTile({ participantId: id, source: 'screen' }, selfId));
    if (id !== selfId) others.push(stageTile({ participantId: id, source: 'camera' }, selfId));
  }
  return { others, own: stageTile({ participantId: selfId, source: 'camera' }, selfId) };
}

/**
 * In the order of joining, whatever is in front: an element that is moved about in the document loses its motion, its focus
 * and a moment of its video.
 */
export function inOrder<Shown extends Pick<StageTile, 'key'>>(
  shown: readonly Shown[],
  { others, own }: StageTiles,
): readonly Shown[] {
  const keys = [...others, own].map(({ key }) => key);
  return [...shown].sort((one, other) => keys.indexOf(one.key) - keys.indexOf(other.key));
}

function stageTile(tile: TileRef, selfId: string): StageTile {
  return { key: tileKey(tile), tile, own: tile.participantId === selfId };
}

/** The picture that belongs in front: the pinned one, a shared screen, or (where the layout has a front) who speaks. */
export function frontTile(picture: Picture, { others, own }: StageTiles): StageTile | undefined {
  const { pinned, speaker, mode } = picture;
  const pinnedKey = pinned && tileKey(pinned);
  const byHand = [...others, own].find(({ key }) => key === pinnedKey);
  if (byHand) return byHand;
  const shared = others.findLast(({ tile, own: mine }) => tile.source === 'screen' && !mine);
  if (shared) return shared;
  if (mode === 'DEFAULT' || mode === 'TILE') return undefined;
  const cameras = others.filter(({ tile }) => tile.source === 'camera');
  return cameras.find(({ tile }) => tile.participantId === speaker) ?? cameras[0];
}
