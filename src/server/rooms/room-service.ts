import { nanoid } from 'nanoid';
import { asCallError, CallError } from '../../domain/call-error.js';
import type { ParticipantId } from '../../domain/call/participant.js';
import type { AnswerTo, ClientMessage } from '../../protocol/messages.js';
import {
  authorizeJoin,
  createJoinAnswer,
  resumeOf,
  identityFor,
  type AuthorizedJoin,
  type JoinMessage,
} from '../auth/authorize-join.js';
import type { Authorizer } from '../auth/authorization.js';
import { sendAck, sendError, type Connection } from '../connections/connection.js';
import { DeadlineQueue, type Clock } from '../limits/deadline-queue.js';
import { KeyedQueue } from '../limits/keyed-queue.js';
import { ConnectionRegistry, type JoinedConnection } from './connection-registry.js';
import type { Metrics } from '../monitoring/metrics.js';
import {
  disconnectParticipant,
  endSession,
  joinRoom,
  expireParticipants,
  leaveRoom,
  muteParticipant,
  updateParticipant,
} from './room-participants.js';
import type { RoomTransition } from './room-transition.js';
import type { RoomStore } from './room-store.js';
import { answerVideo, requestVideo } from './video-request.js';
import { participantIn, type Room } from './room.js';
import { changesPerParticipant, SendBudget, signalBytesPerReceiver } from '../limits/send-budget.js';
import type { ServerConfig } from '../config/server-config.js';
import { errorFields, type ServerLog } from '../monitoring/server-log.js';
import { UsedTokens } from '../auth/used-tokens.js';

/** The dependencies of `RoomService`. */
export interface RoomServiceOptions {
  readonly config: ServerConfig;
  readonly store: RoomStore;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly log: ServerLog;
  /** Whether a token of `issuer` is accepted from a client that connected to `origin`. */
  readonly acceptsIssuer: (issuer: string, origin: string) => boolean;
  /** Rejects with NOT_ALLOWED when the token's user lacks a right. */
  readonly authorize: Authorizer;
  /** Aborted when the server stops: connections that close from then on are not treated as lost. */
  readonly signal: AbortSignal;
}

type Request = Exclude<ClientMessage, JoinMessage>;

/**
 * How long (ms) an ended session is remembered: a participant that was disconnected when it ended gets SESSION_ENDED
 * instead of resuming into an empty room.
 */
const endedMemoryMs = 3_600_000;

/**
 * Answers the requests of `/signal`: authorizes them, applies room transitions, and sends the outbound messages.
 * Independent of the transport.
 */
export class RoomService {
  readonly #options: RoomServiceOptions;
  readonly #connections = new ConnectionRegistry();
  readonly #serverId = nanoid();
  readonly #used = new UsedTokens();
  /** Serializes the joins of a user, so that concurrent joins cannot exceed `sessionsPerUser`. */
  readonly #joins = new KeyedQueue();
  readonly #graceQueue: DeadlineQueue<string>;
  readonly #ended: DeadlineQueue<string>;

  constructor(options: RoomServiceOptions) {
    this.#options = options;
    const { clock, config, signal } = options;
    const onDue = (sessionId: string): void =>
      this.#inBackground(this.#apply(sessionId, (room) => expireParticipants(room, clock.now())));
    this.#graceQueue = new DeadlineQueue({ ms: config.graceMs, clock, signal, onDue });
    this.#ended = new DeadlineQueue({ ms: Math.max(endedMemoryMs, config.graceMs), clock, signal, onDue });
  }

  /** Whether this connection has joined a room. */
  isJoined(connection: Connection): boolean {
    return this.#connections.get(connection.id) !== undefined;
  }

  /** Answers one request. Never rejects: errors are sent to the client. */
  async receive(connection: Connection, message: ClientMessage): Promise<void> {
    this.#options.metrics.message(message.type);
    try {
      if (message.type === 'join') await this.#join(connection, message);
      else sendAck(connection, message.id, await this.#handle(this.#requireJoined(connection), message));
      if (endsParticipation(message)) connection.close(null);
    } catch (error) {
      const failure = asCallError(error);
      if (failure.code === 'INTERNAL') this.#options.log('error', 'request failed', errorFields(error));
      this.#options.metrics.failure(failure.code);
      sendError(connection, message.id, failure);
      if (message.type === 'join' && !this.isJoined(connection)) connection.close(failure);
    }
  }

  /** The connection was closed. Its participant is kept for the grace period. */
  disconnected(connection: Connection): void {
    const entry = this.#connections.get(connection.id);
    if (!entry || this.#options.signal.aborted) return;
    this.#connections.remove(connection.id);
    this.#drop(entry);
  }

  #drop({ sessionId, connection }: JoinedConnection): void {
    const until = this.#graceQueue.add(sessionId);
    this.#inBackground(this.#apply(sessionId, (room) => disconnectParticipant(room, connection.id, until)));
  }

  async #join(connection: Connection, message: JoinMessage): Promise<void> {
    const { clock, config, authorize } = this.#options;
    const admission = await authorizeJoin(message, {
      secret: config.secret,
      used: this.#used,
      acceptsIssuer: (issuer) => this.#options.acceptsIssuer(issuer, connection.origin),
      now: clock.now(),
    });
    const { data, exp } = admission.claims;
    const { sessionId, role } = data;
    const user = { ...data.user, ...(role !== undefined && { role }) };
    await authorize({ action: 'join', user, sessionId, targets: [] });
    if (!connection.open) return;
    if (this.isJoined(connection))
      throw new CallError('MESSAGE_MALFORMED', { details: 'This connection has already joined.' });
    const participantId = admission.resumed?.id ?? nanoid();
    const expiresAt = exp * 1000;
    const entry: JoinedConnection = {
      connection,
      sessionId,
      participantId,
      user,
      expiresAt,
      budget: new SendBudget(),
    };
    this.#connections.addBuffered(entry);
    try {
      const room = await this.#enter(entry, message, admission);
      const answer = await createJoinAnswer(room, participantId, {
        config,
        serverId: this.#serverId,
        now: clock.now(),
      });
      this.#used.add(message.token);
      if (!connection.open) return this.#lost(entry, admission);
      sendAck(connection, message.id, answer);
      this.#connections.flush(connection.id);
    } catch (error) {
      this.#lost(entry, admission);
      throw error;
    }
  }

  /** Adds or resumes the participant. Rejects with TOO_MANY_SESSIONS or an error of `joinRoom`. */
  #enter(entry: JoinedConnection, message: JoinMessage, admission: AuthorizedJoin): Promise<Room> {
    const { clock, config, store } = this.#options;
    const { connection, sessionId, participantId, user } = entry;
    const { uid, name, avatar } = user;
    return this.#joins.run(uid, async () => {
      const existing = store.peek(sessionId)?.participants.find(({ id }) => id === participantId);
      // Replacing an open connection does not add a session.
      if (
        (existing?.connectionId ?? null) === null &&
        (await store.countSessions(uid)) >= config.sessionsPerUser
      )
        throw new CallError('TOO_MANY_SESSIONS', { details: { limit: config.sessionsPerUser } });
      const { room } = await this.#apply(sessionId, (before) => {
        const now = clock.now();
        const context = { serverId: this.#serverId, graceMs: config.graceMs, newId: participantId, now };
        return joinRoom(before, {
          identity: identityFor(before, admission, context),
          user: { uid, name, avatar },
          state: message.state,
          connectionId: connection.id,
          switched: admission.resumed && message.switched,
          limit: config.meshLimit,
        });
      });
      return room;
    });
  }

  /** The join failed, possibly because the connection was closed before the participant was added. */
  #lost(entry: JoinedConnection, { resumed }: AuthorizedJoin): void {
    this.#connections.remove(entry.connection.id);
    if (resumed) return this.#drop(entry);
    // The client never received the resume secret, so it cannot come back.
    this.#inBackground(this.#apply(entry.sessionId, (room) => leaveRoom(room, entry.participantId)));
  }

  async #handle(entry: JoinedConnection, message: Request): Promise<unknown> {
    if (message.type === 'signal') return this.#signal(entry, message);
    if (message.type === 'ping') return this.#answerPing(entry);
    this.#limitChanges(entry, message);
    await this.#checkRight(entry, message);
    const transition = this.#transitionFor(entry, message);
    if (endsParticipation(message)) this.#connections.remove(entry.connection.id);
    await this.#apply(entry.sessionId, transition);
    return undefined;
  }

  #limitChanges({ budget }: JoinedConnection, message: Request): void {
    const now = this.#options.clock.now();
    if (!endsParticipation(message) && !budget.spend('', 1, { limit: changesPerParticipant, now }))
      throw new CallError('RATE_LIMITED');
  }

  async #checkRight({ user, sessionId, participantId }: JoinedConnection, message: Request): Promise<void> {
    const { authorize, store } = this.#options;
    if (message.type === 'end-session')
      await authorize({ action: 'end-session', user, sessionId, targets: [] });
    if (message.type !== 'mute-participant' || message.participantId === participantId) return;
    const room = store.peek(sessionId);
    const targets = room ? [participantIn(room, message.participantId).uid] : [];
    await authorize({ action: 'mute-participant', user, sessionId, targets });
  }

  /** What a request asks of the room. */
  #transitionFor(
    { sessionId, participantId }: JoinedConnection,
    message: Exclude<Request, { type: 'signal' | 'ping' }>,
  ): (room: Room) => RoomTransition {
    if (message.type !== 'end-session') return transitionFor(participantId, message);
    const until = this.#ended.add(sessionId);
    return (room) => endSession(room, participantId, until);
  }

  #signal(
    { sessionId, participantId, budget }: JoinedConnection,
    { to, epoch, data }: Extract<Request, { type: 'signal' }>,
  ): AnswerTo<'signal'> {
    const { store, clock } = this.#options;
    const room = store.peek(sessionId);
    const connectionId = room ? participantIn(room, to).connectionId : null;
    if (connectionId === null) return { delivered: false };
    const text = JSON.stringify({ type: 'signal', from: participantId, epoch, data });
    if (!budget.spend(to, text.length, { limit: signalBytesPerReceiver, now: clock.now() }))
      throw new CallError('RATE_LIMITED');
    return { delivered: this.#connections.relay(connectionId, text) };
  }

  /** After the token's expiry, answers a ping with a fresh resume secret, which proves recent participation. */
  async #answerPing({ sessionId, participantId, expiresAt }: JoinedConnection): Promise<AnswerTo<'ping'>> {
    const { clock, store, config } = this.#options;
    const room = store.peek(sessionId);
    const now = clock.now();
    if (now < expiresAt || !room?.participants.some(({ id }) => id === participantId)) return undefined;
    return { resume: await resumeOf(room, participantId, { config, serverId: this.#serverId, now }) };
  }

  async #apply(sessionId: string, transition: (room: Room) => RoomTransition): Promise<RoomTransition> {
    const outcome = await this.#options.store.transact(sessionId, transition);
    this.#connections.deliver(outcome.outbound);
    return outcome;
  }

  #requireJoined(connection: Connection): JoinedConnection {
    const entry = this.#connections.get(connection.id);
    if (!entry) throw new CallError('NOT_JOINED');
    return entry;
  }

  /** Applies a change without awaiting it; failures are logged. */
  #inBackground(change: Promise<unknown>): void {
    change.catch((error: unknown) => this.#options.log('error', 'room update failed', errorFields(error)));
  }
}

/** Whether the participant has left the room after this request. */
function endsParticipation({ type }: ClientMessage): boolean {
  return type === 'leave' || type === 'end-session';
}

function transitionFor(
  participantId: ParticipantId,
  message: Exclude<Request, { type: 'signal' | 'ping' | 'end-session' }>,
): (room: Room) => RoomTransition {
  switch (message.type) {
    case 'update':
      return (room) => updateParticipant(room, participantId, message.changes);
    case 'mute-participant':
      return (room) => muteParticipant(room, participantId, message);
    case 'request-video':
      return (room) => requestVideo(room, participantId);
    case 'answer-video':
      return (room) => answerVideo(room, participantId, message.accept);
    case 'leave':
      return (room) => leaveRoom(room, participantId);
  }
}
