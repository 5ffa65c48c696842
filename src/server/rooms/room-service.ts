import { nanoid } from 'nanoid';
import { asCallError, CallError } from '../../domain/call-error.js';
import type { AnswerTo, ClientMessage, TransportAnswer } from '../../protocol/messages.js';
import {
  authorizeJoin,
  createJoinAnswer,
  resumeOf,
  identityFor,
  type AuthorizedJoin,
  type JoinMessage,
} from '../auth/authorize-join.js';
import { sendAck, sendError, type Connection } from '../connections/connection.js';
import { KeyedQueue } from '../limits/keyed-queue.js';
import { ConnectionRegistry, type JoinedConnection } from './connection-registry.js';
import { endSession, joinRoom, stateInRole, vouchFor } from './transitions/room-participants.js';
import { endsParticipation, transitionFor, type Request } from './transitions/room-requests.js';
import type { RoomServiceOptions } from './room-service-options.js';
import type { RoomTransition } from './room-transition.js';
import { RoomChanges } from './room-changes.js';
import { areCredentialsOld } from './transport/ice-servers.js';
import { relayedSignal } from './transport/relayed-signal.js';
import { createTransportAnswer } from './transport/transport-answer.js';
import { participantIn, type Room } from './room.js';
import { changesPerParticipant, SendBudget, signalBytesPerReceiver } from '../limits/send-budget.js';
import { errorFields } from '../monitoring/server-log.js';

/**
 * Answers the requests of `/signal`: authorizes them, applies room transitions, and sends the outbound messages.
 * Independent of the transport.
 */
export class RoomService {
  readonly #options: RoomServiceOptions;
  readonly #connections = new ConnectionRegistry();
  /** Serializes the joins of a user, so that concurrent joins cannot exceed `sessionsPerUser`. */
  readonly #joins = new KeyedQueue();
  readonly #changes: RoomChanges;

  constructor(options: RoomServiceOptions) {
    this.#options = options;
    this.#changes = new RoomChanges(options, this.#connections);
  }

  /** Whether this connection has joined a room. */
  isJoined(connection: Connection): boolean {
    return this.#connections.get(connection.id) !== undefined;
  }

  /** Answers one request, parsed from `text`: a signal, which is most of the traffic, at once. Errors are sent to the client. */
  receive(connection: Connection, message: ClientMessage, text: string): Promise<void> | undefined {
    this.#options.metrics.message(message.type);
    if (message.type !== 'signal') return this.#answer(connection, message);
    try {
      const answer = this.#signal(this.#requireJoined(connection), message, text);
      if (!answer.delivered || message.ack !== 'on-failure') sendAck(connection, message.id, answer);
    } catch (error) {
      this.#refuse(connection, message, error);
    }
    return undefined;
  }

  async #answer(connection: Connection, message: Exclude<ClientMessage, { type: 'signal' }>): Promise<void> {
    try {
      if (message.type === 'join') await this.#join(connection, message);
      else sendAck(connection, message.id, await this.#handle(this.#requireJoined(connection), message));
      if (endsParticipation(message)) connection.close(null);
    } catch (error) {
      this.#refuse(connection, message, error);
    }
  }

  #refuse(connection: Connection, message: ClientMessage, error: unknown): void {
    const failure = asCallError(error);
    if (failure.code === 'INTERNAL') this.#options.log('error', 'request failed', errorFields(error));
    this.#options.metrics.failure(failure.code);
    const joined = this.#connections.get(connection.id);
    if (joined && failure.code === 'SERVER_UNAVAILABLE') this.#changes.failed(joined);
    sendError(connection, message.id, failure);
    if (message.type === 'join' && !this.isJoined(connection)) connection.close(failure);
  }

  /** The connection was closed. Its participant is kept for the grace period. */
  disconnected(connection: Connection): void {
    const entry = this.#connections.get(connection.id);
    if (!entry || this.#options.signal.aborted) return;
    this.#connections.remove(connection.id);
    // A page that was left while the handshake, with its join, was under way: it never knew that it was in the call.
    if (connection.hasSpoken) this.#changes.drop(entry);
    else this.#changes.leave(entry);
  }

  async #join(connection: Connection, message: JoinMessage): Promise<void> {
    const { clock, config, authorize, usedTokens, store } = this.#options;
    const admission = await authorizeJoin(message, {
      secret: config.secret,
      used: usedTokens,
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
      grantedAt: clock.now(),
      budget: new SendBudget(),
    };
    this.#connections.addBuffered(entry);
    try {
      const room = await this.#enter(entry, message, admission);
      const answer = await createJoinAnswer(room, participantId, {
        config,
        serverId: store.storeId,
        now: clock.now(),
      });
      usedTokens.add(message.token, exp);
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
    const { meshLimit } = admission.claims.data;
    return this.#joins.run(uid, async () => {
      const existing = (await store.read(sessionId))?.participants.find(({ id }) => id === participantId);
      // Replacing an open connection does not add a session.
      if (
        (existing?.connectionId ?? null) === null &&
        (await store.countSessions(uid)) >= config.sessionsPerUser
      )
        throw new CallError('TOO_MANY_SESSIONS', { details: { limit: config.sessionsPerUser } });
      const isRestart = admission.resumed !== undefined && admission.resumed.serverId !== store.storeId;
      const { room } = await this.#changes.apply(
        sessionId,
        (before) => {
          const now = clock.now();
          const context = { serverId: store.storeId, graceMs: config.graceMs, newId: participantId, now };
          return joinRoom(before, {
            identity: identityFor(before, admission, context),
            user: { uid, name, avatar },
            state: stateInRole(message.state, user.role),
            connectionId: connection.id,
            switched: admission.resumed && message.switched,
            media: isRestart ? message.media : undefined,
            hasSfu: config.hasSfu,
            limit: config.hasSfu ? config.sfuLimit : Math.max(2, meshLimit ?? config.meshLimit),
            meshLimit,
          });
        },
        admission.resumed?.call,
      );
      return room;
    });
  }

  /** The join failed, possibly because the connection was closed before the participant was added. */
  #lost(entry: JoinedConnection, { resumed }: AuthorizedJoin): void {
    this.#connections.remove(entry.connection.id);
    if (resumed) return this.#changes.drop(entry);
    // The client never received the resume secret, so it cannot come back.
    this.#changes.leave(entry);
  }

  async #handle(entry: JoinedConnection, message: Exclude<Request, { type: 'signal' }>): Promise<unknown> {
    if (message.type === 'ping') return this.#answerPing(entry);
    if (message.type === 'get-transport') return this.#transportOf(entry);
    this.#limitChanges(entry, message);
    await this.#checkRight(entry, message);
    const transition = this.#transitionFor(entry, message);
    if (endsParticipation(message)) this.#connections.remove(entry.connection.id);
    await this.#changes.apply(entry.sessionId, transition);
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
    message: Exclude<Request, { type: 'signal' | 'ping' | 'get-transport' }>,
  ): (room: Room) => RoomTransition {
    if (message.type === 'vouch') {
      const until = this.#changes.deadlines.vouched(sessionId);
      return (room) => vouchFor(room, message.participantId, until);
    }
    if (message.type !== 'end-session') return transitionFor(participantId, message);
    const until = this.#changes.deadlines.ended(sessionId);
    return (room) => endSession(room, participantId, until);
  }

  #signal(
    { sessionId, participantId, budget }: JoinedConnection,
    message: Extract<Request, { type: 'signal' }>,
    received: string,
  ): AnswerTo<'signal'> {
    const { store, clock, config } = this.#options;
    const room = store.peek(sessionId);
    const { to } = message;
    const connectionId = room ? participantIn(room, to).connectionId : null;
    if (connectionId === null) return { delivered: false };
    const text = relayedSignal(participantId, message, received);
    const limit = config.bytesPerConnection === 0 ? Infinity : signalBytesPerReceiver;
    if (!budget.spend(to, text.length, { limit, now: clock.now() })) throw new CallError('RATE_LIMITED');
    const delivered = store.isOwn(connectionId)
      ? this.#connections.relay(connectionId, text)
      : store.relay(connectionId, text);
    return { delivered };
  }

  /** After the token's expiry, answers a ping with a fresh resume secret, which proves recent participation. */
  async #answerPing(entry: JoinedConnection): Promise<AnswerTo<'ping'>> {
    const { sessionId, participantId, expiresAt } = entry;
    const { clock, store, config } = this.#options;
    const room = store.peek(sessionId);
    const now = clock.now();
    if (!room?.participants.some(({ id }) => id === participantId)) return undefined;
    this.#offerCredentials(entry, room);
    if (now < expiresAt) return undefined;
    return { resume: await resumeOf(room, participantId, { config, serverId: store.storeId, now }) };
  }

  /** Has the client ask for the transport again before its TURN credentials expire. Repeated with each ping until it has. */
  #offerCredentials({ connection, grantedAt }: JoinedConnection, { media }: Room): void {
    const { clock, config } = this.#options;
    if (media.transport !== 'mesh' || !areCredentialsOld(config, clock.now() - grantedAt)) return;
    this.#connections.deliver([
      { to: [connection.id], message: { type: 'transport-changed', generation: media.generation } },
    ]);
  }

  async #transportOf(entry: JoinedConnection): Promise<TransportAnswer> {
    const { sessionId, participantId } = entry;
    const { clock, store, config } = this.#options;
    const room = store.peek(sessionId);
    if (!room) throw new CallError('NOT_JOINED');
    entry.grantedAt = clock.now();
    return createTransportAnswer(room, participantId, { config, now: clock.now() });
  }

  #requireJoined(connection: Connection): JoinedConnection {
    const entry = this.#connections.get(connection.id);
    if (!entry) throw new CallError('NOT_JOINED');
    return entry;
  }
}
