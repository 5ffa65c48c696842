import { CallError } from '../../domain/call-error.js';
import type { ParticipantId } from '../../domain/call/participant.js';
import { protocolVersion, type ClientMessage, type JoinAnswer } from '../../protocol/messages.js';
import type { CallTokenClaims } from '../../protocol/token-claims.js';
import { tokenExpired, verifyCallToken } from './call-tokens.js';
import { iceServersFor } from '../rooms/ice-servers.js';
import { createResumeSecret, verifyResumeSecret, type ResumeClaims } from './resume-secret.js';
import {
  hasEnded,
  participantIn,
  newIdentity,
  toParticipant,
  type Room,
  type ParticipantIdentity,
} from '../rooms/room.js';
import type { ServerConfig } from '../config/server-config.js';
import type { Validity } from './token-validity.js';
import type { UsedTokens } from './used-tokens.js';

export type JoinMessage = Extract<ClientMessage, { type: 'join' }>;

/** Who comes, into which call, and to which place if they have had one. */
export interface AuthorizedJoin {
  readonly claims: CallTokenClaims;
  readonly validity: Validity;
  readonly place: ResumeClaims | undefined;
}

/** Checks what the newcomer shows. Rejects with a CallError. */
export async function authorizeJoin(
  { protocol, token, resume }: JoinMessage,
  {
    secret,
    used,
    acceptsIssuer,
    now,
  }: {
    readonly secret: string;
    readonly used: UsedTokens;
    readonly acceptsIssuer: (issuer: string) => boolean;
    readonly now: number;
  },
): Promise<AuthorizedJoin> {
  if (protocol !== protocolVersion)
    throw new CallError('PROTOCOL_UNSUPPORTED', { details: { server: protocolVersion } });
  const { claims, validity } = await verifyCallToken(token, secret, acceptsIssuer, now);
  const { sessionId, user } = claims.data;
  if (resume !== undefined) {
    const place = await verifyResumeSecret(resume, secret, { sessionId, uid: user.uid });
    return { claims, validity, place };
  }
  // The leeway is for clocks that differ. One that was accepted before it expired did not need it, and has ended.
  if (validity === 'expired' || (validity === 'leeway' && used.has(token))) throw tokenExpired();
  return { claims, validity, place: undefined };
}

/** ms from one sign of life of a client to the next, with which it gets a new resume secret, and some for the way. */
const presenceMs = 30_000;

/**
 * The seat that an admission gives in the room as it is now. A member may come back as long as the seat is held for them,
 * also after the token has expired: a call may last longer than its token. A seat that is not held was left, unless this
 * server was restarted and has forgotten it. Then a valid token gives it back, and so does an expired one to somebody who
 * was in the call just before. Throws a CallError.
 */
export function seatFor(
  room: Room,
  { validity, place }: AuthorizedJoin,
  {
    serverId,
    graceMs,
    newId,
    now,
  }: {
    readonly serverId: string;
    readonly graceMs: number;
    readonly newId: ParticipantId;
    readonly now: number;
  },
): ParticipantIdentity {
  if (!place) return newIdentity(room, newId, now);
  const { id, order, joinedAt, seenAt } = place;
  const identity: ParticipantIdentity = { id, order, joinedAt };
  if (room.participants.some((member) => member.id === id)) return identity;
  if (hasEnded(room, identity)) throw new CallError('SESSION_ENDED');
  const restarted = place.serverId !== serverId;
  const wasThere = restarted && now - seenAt <= graceMs + presenceMs;
  if (validity !== 'valid' && !wasThere) throw tokenExpired();
  if (!restarted) throw new CallError('RESUME_REFUSED');
  return identity;
}

interface AnswerContext {
  readonly config: ServerConfig;
  readonly serverId: string;
  readonly now: number;
}

/** What a member needs to know to take part. */
export async function createJoinAnswer(
  room: Room,
  id: ParticipantId,
  { config, serverId, now }: AnswerContext,
): Promise<JoinAnswer> {
  const self = participantIn(room, id);
  return {
    sessionId: room.sessionId,
    self: toParticipant(self),
    participants: room.participants.filter((member) => member.id !== id).map(toParticipant),
    ...(room.switched && { switched: room.switched }),
    resume: await resumeOf(room, id, { config, serverId, now }),
    transport: 'mesh',
    epoch: 0,
    iceServers: iceServersFor(self.uid, config, now),
    graceMs: config.graceMs,
    serverId,
  };
}

/** What brings this member back to the same place. */
export function resumeOf(
  room: Room,
  id: ParticipantId,
  { config, serverId, now }: AnswerContext,
): Promise<string> {
  const { uid, order, joinedAt } = participantIn(room, id);
  const { sessionId } = room;
  return createResumeSecret(config.secret, { sessionId, uid, id, order, joinedAt, serverId, seenAt: now });
}
