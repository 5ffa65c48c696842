import type { ActiveCall, TileRef } from '../../domain/call/call-state.js';
import { isCutOff } from '../../domain/call/remote-connection.js';
import type { Participant } from '../../domain/call/participant.js';
import type { Words } from '../words/words.js';

/** What a tile shows of a participant. Plain values, so that a tile renders only when one of them changes. */
export interface TileModel {
  readonly participant: Participant;
  readonly source: TileRef['source'];
  readonly isLocal: boolean;
  /** There is video, or it is about to arrive. */
  readonly hasVideo: boolean;
  readonly muted: boolean;
  readonly mirrored: boolean;
  readonly speaking: boolean;
  readonly pinned: boolean;
  readonly link: 'connecting' | 'connected' | 'lost';
  /** 0 (lost) to 4 (excellent); `null` while unknown. */
  readonly quality: number | null;
}

/** The model of one tile; `undefined` after its participant has left. */
export function tileModel(call: ActiveCall, { participantId, source }: TileRef): TileModel | undefined {
  const participant = call.participants.get(participantId);
  if (!participant) return undefined;
  const isLocal = participantId === call.selfId;
  const { local, pinned } = call;
  return {
    participant,
    source,
    isLocal,
    hasVideo: source === 'screen' || (isLocal ? local.camera.actual : !participant.videoPaused),
    muted: isLocal ? !local.microphone.actual : participant.audioMuted,
    mirrored: isLocal && source === 'camera' && local.facingMode === 'user',
    speaking: source === 'camera' && call.speaker === participantId,
    pinned: pinned?.participantId === participantId && pinned.source === source,
    link: isLocal ? 'connected' : linkOf(call, participant),
    quality: isLocal ? null : (call.qualities.get(participantId) ?? null),
  };
}

function linkOf(call: ActiveCall, { id }: Participant): TileModel['link'] {
  if (isCutOff(call, id)) return 'lost';
  return call.links.get(id) === 'connecting' ? 'connecting' : 'connected';
}

/** The name on a tile. */
export function tileName({ participant, isLocal, source }: TileModel, words: Words): string {
  const name = participant.name || words.someone();
  if (source === 'screen') return isLocal ? words.yourScreen() : words.screenOf(name);
  return isLocal ? words.you(name) : name;
}

/** The accessible name of a tile. */
export function tileSummary(model: TileModel, words: Words): string {
  const { participant, source, hasVideo, muted, link, pinned } = model;
  const parts = [
    tileName(model, words),
    source === 'camera' && muted && words.muted(),
    source === 'camera' && !hasVideo && words.cameraOff(),
    participant.handRaisedAt !== null && words.handRaised(),
    participant.recording && words.recording(),
    pinned && words.pinned(),
    link === 'lost' && words.reconnecting(),
  ];
  return words.list(parts.filter((fact) => fact !== false));
}

/** Whether two flat values say the same: a Lit property with it does not render for a new object of equal content. */
export function shallowDiffers<Value extends object>(
  next: Value | undefined,
  previous: Value | undefined,
): boolean {
  if (!next || !previous) return next !== previous;
  return (Object.keys(next) as (keyof Value)[]).some((field) => !Object.is(next[field], previous[field]));
}
