import { CallError } from '../domain/call-error.js';
import type { ParticipantId } from '../domain/participant.js';
import { protocolVersion, type ClientMessage, type JoinAnswer } from '../protocol/messages.js';
import type { TokenUser } from '../protocol/token-claims.js';
import { verifyCallToken } from './call-tokens.js';
import { iceServersFor } from './ice-servers.js';
import { createResumeSecret, verifyResumeSecret, type Place } from './resume-secret.js';
import type { RoomStore } from './room-store.js';
import { memberOf, participantOf, type Room, type Seat } from './room.js';
import type { ServerConfig } from './server-config.js';

export type JoinMessage = Extract<ClientMessage, { type: 'join' }>;

/** Who comes, into which call, and to which place if they have had one. */
export interface Admission {
  readonly sessionId: string;
  readonly user: TokenUser;
  readonly seat: Seat | undefined;
}

/** Checks everything about a `join` but whether there is room. Rejects with a CallError. */
export async function admit(
  { protocol, token, resume }: JoinMessage,
  {
    config,
    store,
    acceptsIssuer,
  }: {
    readonly config: ServerConfig;
    readonly store: RoomStore;
    readonly acceptsIssuer: (issuer: string) => boolean;
  },
): Promise<Admission> {
  if (protocol !== protocolVersion)
    throw new CallError('PROTOCOL_UNSUPPORTED', { details: { server: protocolVersion } });
  const { claims, expired } = await verifyCallToken(token, config.secret, acceptsIssuer);
  const { sessionId, user } = claims.data;
  // A call may last longer than its token: whoever was let in before may come back.
  if (expired && resume === undefined) throw new CallError('TOKEN_EXPIRED');
  const seat =
    resume === undefined ? undefined : await seatOf(resume, config.secret, { sessionId, uid: user.uid });
  const seated = store.peek(sessionId)?.members.some(({ id }) => id === seat?.id) ?? false;
  if (!seated && (await store.countSeats(user.uid)) >= config.sessionsPerUser)
    throw new CallError('TOO_MANY_SESSIONS', { details: { limit: config.sessionsPerUser } });
  return { sessionId, user, seat };
}

async function seatOf(
  resume: string,
  secret: string,
  whose: Pick<Place, 'sessionId' | 'uid'>,
): Promise<Seat> {
  const { id, order, joinedAt } = await verifyResumeSecret(resume, secret, whose);
  return { id, order, joinedAt };
}

/** What a member needs to know to take part. */
export async function joinAnswer(
  room: Room,
  id: ParticipantId,
  {
    config,
    serverId,
    now,
  }: { readonly config: ServerConfig; readonly serverId: string; readonly now: number },
): Promise<JoinAnswer> {
  const self = memberOf(room, id);
  const { uid, order, joinedAt } = self;
  const { sessionId } = room;
  return {
    sessionId,
    self: participantOf(self),
    participants: room.members.filter((member) => member.id !== id).map(participantOf),
    ...(room.switched && { switched: room.switched }),
    resume: await createResumeSecret(config.secret, { sessionId, uid, id, order, joinedAt }),
    transport: 'mesh',
    epoch: 0,
    iceServers: iceServersFor(uid, config, now),
    graceMs: config.graceMs,
    serverId,
  };
}
