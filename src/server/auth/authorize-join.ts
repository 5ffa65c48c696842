import { CallError } from '../../domain/call-error.js';
import type { ParticipantId } from '../../domain/call/participant.js';
import { protocolVersion, type ClientMessage, type JoinAnswer } from '../../protocol/messages.js';
import type { CallTokenClaims } from '../../protocol/tokens/token-claims.js';
import { tokenExpired, verifyCallToken } from './call-tokens.js';
import { createTransportAnswer } from '../rooms/transport/transport-answer.js';
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

/** The verified token of a join, and the verified resume secret if there was one. */
export interface AuthorizedJoin {
  readonly claims: CallTokenClaims;
  readonly validity: Validity;
  readonly resumed: ResumeClaims | undefined;
}

/**
 * Verifies the token and the resume secret of a join. Rejects with PROTOCOL_UNSUPPORTED, RESUME_REFUSED or a TOKEN_
 * error.
 */
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
    const resumed = await verifyResumeSecret(resume, secret, { sessionId, uid: user.uid });
    return { claims, validity, resumed };
  }
  // The leeway compensates for differing clocks. A token that was already used before it expired has no need for it.
  if (validity === 'expired' || (validity === 'leeway' && (await used.has(token)))) throw tokenExpired();
  return { claims, validity, resumed: undefined };
}

/** Maximum age (ms) of the latest resume secret of a connected client: the ping interval, and some latency. */
const presenceMs = 30_000;

/**
 * The identity a join gets in the room as it is now: a new one, or the resumed one. A participant that the room still
 * holds may resume, even with an expired token, because a call may last longer than its token. A participant that the
 * room does not hold has left, unless this server was restarted and lost the room. In that case a valid token resumes
 * it, and so does an expired one if the participant was in the call shortly before. Throws SESSION_ENDED,
 * TOKEN_EXPIRED or RESUME_REFUSED.
 */
export function identityFor(
  room: Room,
  { validity, resumed }: AuthorizedJoin,
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
  if (!resumed) return newIdentity(room, newId, now);
  const { id, order, joinedAt, seenAt } = resumed;
  const identity: ParticipantIdentity = { id, order, joinedAt };
  if (room.participants.some((participant) => participant.id === id)) return identity;
  if (hasEnded(room, identity)) throw new CallError('SESSION_ENDED');
  const restarted = resumed.serverId !== serverId;
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

/** The answer to a successful join. */
export async function createJoinAnswer(
  room: Room,
  id: ParticipantId,
  { config, serverId, now }: AnswerContext,
): Promise<JoinAnswer> {
  const self = participantIn(room, id);
  return {
    sessionId: room.sessionId,
    self: toParticipant(self),
    participants: room.participants.filter((participant) => participant.id !== id).map(toParticipant),
    ...(room.switched && { switched: room.switched }),
    resume: await resumeOf(room, id, { config, serverId, now }),
    ...(await createTransportAnswer(room, id, { config, now })),
    graceMs: config.graceMs,
    serverId,
  };
}

/** Creates the resume secret of a participant. */
export function resumeOf(
  room: Room,
  id: ParticipantId,
  { config, serverId, now }: AnswerContext,
): Promise<string> {
  const { uid, order, joinedAt } = participantIn(room, id);
  const { sessionId, call } = room;
  return createResumeSecret(config.secret, {
    ...{ sessionId, uid, id, order, joinedAt, serverId },
    ...(call && { call: { callId: call.callId, startedAt: call.startedAt } }),
    seenAt: now,
  });
}
