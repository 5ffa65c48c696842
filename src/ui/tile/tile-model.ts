import type { ActiveCall, TileRef } from '../../domain/call-state.js';
import type { Participant } from '../../domain/participant.js';
import type { Words } from '../words.js';

/** What a tile shows of somebody. Plain values, so that a tile renders only when one of them changes. */
export interface TileModel {
  readonly participant: Participant;
  readonly source: TileRef['source'];
  readonly own: boolean;
  /** There is a picture, or there will be as soon as it arrives. */
  readonly picture: boolean;
  readonly muted: boolean;
  readonly mirrored: boolean;
  readonly speaking: boolean;
  readonly pinned: boolean;
  readonly link: 'connecting' | 'connected' | 'lost';
  /** 0 (lost) to 4 (excellent); `null` while unknown. */
  readonly quality: number | null;
}

/** What the call says about one tile; `undefined` once its participant has gone. */
export function tileModel(call: ActiveCall, { participantId, source }: TileRef): TileModel | undefined {
  const participant = call.participants.get(participantId);
  if (!participant) return undefined;
  const own = participantId === call.selfId;
  const { local, pinned } = call;
  return {
    participant,
    source,
    own,
    picture: source === 'screen' || (own ? local.camera.actual : !participant.videoPaused),
    muted: own ? !local.microphone.actual : participant.audioMuted,
    mirrored: own && source === 'camera' && local.facingMode === 'user',
    speaking: source === 'camera' && call.speaker === participantId,
    pinned: pinned?.participantId === participantId && pinned.source === source,
    link: own ? 'connected' : linkOf(call, participant),
    quality: own ? null : (call.qualities.get(participantId) ?? null),
  };
}

function linkOf(call: ActiveCall, { id, connection }: Participant): TileModel['link'] {
  const link = call.links.get(id);
  if (connection === 'reconnecting' || link === 'interrupted' || link === 'failed') return 'lost';
  return link === 'connecting' ? 'connecting' : 'connected';
}

/** The name on a tile. */
export function tileName({ participant, own, source }: TileModel, words: Words): string {
  const name = participant.name || words.someone();
  if (source === 'screen') return own ? words.yourScreen() : words.screenOf(name);
  return own ? words.you(name) : name;
}

/** A tile in one sentence, for those who do not see it. */
export function tileSummary(model: TileModel, words: Words): string {
  const { participant, source, picture, muted, link, pinned } = model;
  const facts = [
    tileName(model, words),
    source === 'camera' && muted && words.muted(),
    source === 'camera' && !picture && words.cameraOff(),
    participant.handRaisedAt !== null && words.handRaised(),
    participant.recording && words.recording(),
    pinned && words.pinned(),
    link === 'lost' && words.reconnecting(),
  ];
  return words.list(facts.filter((fact) => fact !== false));
}
