import { nanoid } from 'nanoid';
import { asCallError, CallError } from '../domain/call-error.js';
import type { ParticipantId } from '../domain/participant.js';
import type { AnswerTo, ClientMessage } from '../protocol/messages.js';
import { admit, joinAnswer, resumeOf, seatFor, type Admission, type JoinMessage } from './admission.js';
import type { Authorizer } from './authorization.js';
import { acknowledge, refuse, type Connection } from './connection.js';
import { DeadlineQueue, type Clock } from './deadline-queue.js';
import { KeyedQueue } from './keyed-queue.js';
import { Lines, type Line } from './lines.js';
import type { Metrics } from './metrics.js';
import { drop, endSession, enter, expire, leave, muteParticipant, update } from './room-members.js';
import type { RoomStep } from './room-step.js';
import type { RoomStore } from './room-store.js';
import { answerVideo, requestVideo } from './room-video.js';
import { memberOf, type Room } from './room.js';
import { changesPerMember, SendBudget, signalBytesPerReceiver } from './send-budget.js';
import type { ServerConfig } from './server-config.js';
import { errorFields, type ServerLog } from './server-log.js';
import { UsedTokens } from './used-tokens.js';

/** What the switchboard works with. */
export interface SwitchboardOptions {
  readonly config: ServerConfig;
  readonly store: RoomStore;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly log: ServerLog;
  /** Whether a token of that issuer is good for a client that came to `origin`. */
  readonly acceptsIssuer: (issuer: string, origin: string) => boolean;
  /** Whether the bearer of a token may do something. */
  readonly authorize: Authorizer;
  /** Aborted: connections that end now are not missed. */
  readonly signal: AbortSignal;
}

type Request = Exclude<ClientMessage, JoinMessage>;

/** ms the end of a call is remembered: who was away when it ended is told so, and does not come back to an empty call. */
const endedMemoryMs = 3_600_000;

/** Connects clients with rooms: requests come in, answers and announcements go out. Has never heard of sockets. */
export class Switchboard {
  readonly #options: SwitchboardOptions;
  readonly #lines = new Lines();
  readonly #serverId = nanoid();
  readonly #used = new UsedTokens();
  /** One user's joins wait for each other, so that many at once are no way around their limit. */
  readonly #joins = new KeyedQueue();
  readonly #awaited: DeadlineQueue<string>;
  readonly #ended: DeadlineQueue<string>;

  constructor(options: SwitchboardOptions) {
    this.#options = options;
    const { clock, config, signal } = options;
    const onDue = (sessionId: string): void =>
      this.#inBackground(this.#change(sessionId, (room) => expire(room, clock.now())));
    this.#awaited = new DeadlineQueue({ ms: config.graceMs, clock, signal, onDue });
    this.#ended = new DeadlineQueue({ ms: Math.max(endedMemoryMs, config.graceMs), clock, signal, onDue });
  }

  /** Whether this connection sits in a call. */
  isSeated(connection: Connection): boolean {
    return this.#lines.get(connection.id) !== undefined;
  }

  /** Answers one request. Never rejects: what goes wrong is told to the client. */
  async receive(connection: Connection, message: ClientMessage): Promise<void> {
    this.#options.metrics.message(message.type);
    try {
      if (message.type === 'join') await this.#join(connection, message);
      else acknowledge(connection, message.id, await this.#answer(this.#lineOf(connection), message));
      if (isGoodbye(message)) connection.close(null);
    } catch (error) {
      const refused = asCallError(error);
      if (refused.code === 'INTERNAL') this.#options.log('error', 'request failed', errorFields(error));
      this.#options.metrics.failure(refused.code);
      refuse(connection, message.id, refused);
      if (message.type === 'join' && !this.isSeated(connection)) connection.close(refused);
    }
  }

  /** The connection is gone: its participant is waited for. */
  dropped(connection: Connection): void {
    const line = this.#lines.get(connection.id);
    if (!line || this.#options.signal.aborted) return;
    this.#lines.remove(connection.id);
    this.#drop(line);
  }

  #drop({ sessionId, connection }: Line): void {
    const until = this.#awaited.add(sessionId);
    this.#inBackground(this.#change(sessionId, (room) => drop(room, connection.id, until)));
  }

  async #join(connection: Connection, message: JoinMessage): Promise<void> {
    const { clock, config, authorize } = this.#options;
    const admission = await admit(message, {
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
    if (this.isSeated(connection))
      throw new CallError('MESSAGE_MALFORMED', { details: 'This connection has joined already.' });
    const participantId = admission.place?.id ?? nanoid();
    const expiresAt = exp * 1000;
    const line: Line = { connection, sessionId, participantId, user, expiresAt, budget: new SendBudget() };
    this.#lines.hold(line);
    try {
      const room = await this.#enter(line, message, admission);
      const answer = await joinAnswer(room, participantId, {
        config,
        serverId: this.#serverId,
        now: clock.now(),
      });
      this.#used.add(message.token);
      if (!connection.open) return this.#lost(line, admission);
      acknowledge(connection, message.id, answer);
      this.#lines.release(connection.id);
    } catch (error) {
      this.#lost(line, admission);
      throw error;
    }
  }

  /** Takes the seat; rejects if there is none for this user. */
  #enter(line: Line, message: JoinMessage, admission: Admission): Promise<Room> {
    const { clock, config, store } = this.#options;
    const { connection, sessionId, participantId, user } = line;
    const { uid, name, avatar } = user;
    return this.#joins.run(uid, async () => {
      const seated = store.peek(sessionId)?.members.find(({ id }) => id === participantId);
      // Who only replaces a connection is in no more calls than before.
      if ((seated?.connectionId ?? null) === null && (await store.countSeats(uid)) >= config.sessionsPerUser)
        throw new CallError('TOO_MANY_SESSIONS', { details: { limit: config.sessionsPerUser } });
      const { room } = await this.#change(sessionId, (before) => {
        const now = clock.now();
        const context = { serverId: this.#serverId, graceMs: config.graceMs, newId: participantId, now };
        return enter(before, {
          seat: seatFor(before, admission, context),
          user: { uid, name, avatar },
          state: message.state,
          connectionId: connection.id,
          switched: admission.place && message.switched,
          limit: config.meshLimit,
        });
      });
      return room;
    });
  }

  /** The join came to nothing, perhaps because the connection broke before there was a member that could be dropped. */
  #lost(line: Line, { place }: Admission): void {
    this.#lines.remove(line.connection.id);
    if (place) return this.#drop(line);
    // It has not got the secret that would bring it back.
    this.#inBackground(this.#change(line.sessionId, (room) => leave(room, line.participantId)));
  }

  async #answer(line: Line, message: Request): Promise<unknown> {
    if (message.type === 'signal') return this.#signal(line, message);
    if (message.type === 'ping') return this.#signOfLife(line);
    this.#limitChanges(line, message);
    await this.#checkRight(line, message);
    const decide = this.#decision(line, message);
    if (isGoodbye(message)) this.#lines.remove(line.connection.id);
    await this.#change(line.sessionId, decide);
    return undefined;
  }

  #limitChanges({ budget }: Line, message: Request): void {
    const now = this.#options.clock.now();
    if (!isGoodbye(message) && !budget.spend('', 1, { limit: changesPerMember, now }))
      throw new CallError('RATE_LIMITED');
  }

  async #checkRight({ user, sessionId, participantId }: Line, message: Request): Promise<void> {
    const { authorize, store } = this.#options;
    if (message.type === 'end-session')
      await authorize({ action: 'end-session', user, sessionId, targets: [] });
    if (message.type !== 'mute-participant' || message.participantId === participantId) return;
    const room = store.peek(sessionId);
    const targets = room ? [memberOf(room, message.participantId).uid] : [];
    await authorize({ action: 'mute-participant', user, sessionId, targets });
  }

  /** What a request asks of the room. */
  #decision(
    { sessionId, participantId }: Line,
    message: Exclude<Request, { type: 'signal' | 'ping' }>,
  ): (room: Room) => RoomStep {
    if (message.type !== 'end-session') return decisions(participantId, message);
    const until = this.#ended.add(sessionId);
    return (room) => endSession(room, participantId, until);
  }

  #signal(
    { sessionId, participantId, budget }: Line,
    { to, epoch, data }: Extract<Request, { type: 'signal' }>,
  ): AnswerTo<'signal'> {
    const { store, clock } = this.#options;
    const room = store.peek(sessionId);
    const target = room ? memberOf(room, to).connectionId : null;
    if (target === null) return { delivered: false };
    const text = JSON.stringify({ type: 'signal', from: participantId, epoch, data });
    if (!budget.spend(to, text.length, { limit: signalBytesPerReceiver, now: clock.now() }))
      throw new CallError('RATE_LIMITED');
    return { delivered: this.#lines.relay(target, text) };
  }

  /** Who is in a call beyond their token is given a fresh secret: it proves that they were in it just now. */
  async #signOfLife({ sessionId, participantId, expiresAt }: Line): Promise<AnswerTo<'ping'>> {
    const { clock, store, config } = this.#options;
    const room = store.peek(sessionId);
    const now = clock.now();
    if (now < expiresAt || !room?.members.some(({ id }) => id === participantId)) return undefined;
    return { resume: await resumeOf(room, participantId, { config, serverId: this.#serverId, now }) };
  }

  async #change(sessionId: string, decide: (room: Room) => RoomStep): Promise<RoomStep> {
    const outcome = await this.#options.store.change(sessionId, decide);
    this.#lines.say(outcome.sayings);
    return outcome;
  }

  #lineOf(connection: Connection): Line {
    const line = this.#lines.get(connection.id);
    if (!line) throw new CallError('NOT_JOINED');
    return line;
  }

  /** For changes that nobody waits for. */
  #inBackground(change: Promise<unknown>): void {
    change.catch((error: unknown) => this.#options.log('error', 'room not changed', errorFields(error)));
  }
}

/** After these the participant is no longer in the call. */
function isGoodbye({ type }: ClientMessage): boolean {
  return type === 'leave' || type === 'end-session';
}

function decisions(
  participantId: ParticipantId,
  message: Exclude<Request, { type: 'signal' | 'ping' | 'end-session' }>,
): (room: Room) => RoomStep {
  switch (message.type) {
    case 'update':
      return (room) => update(room, participantId, message.changes);
    case 'mute-participant':
      return (room) => muteParticipant(room, participantId, message);
    case 'request-video':
      return (room) => requestVideo(room, participantId);
    case 'answer-video':
      return (room) => answerVideo(room, participantId, message.accept);
    case 'leave':
      return (room) => leave(room, participantId);
  }
}
