import { nanoid } from 'nanoid';
import { asCallError, CallError } from '../domain/call-error.js';
import type { ParticipantId } from '../domain/participant.js';
import type { AnswerTo, ClientMessage } from '../protocol/messages.js';
import { admit, joinAnswer, type JoinMessage } from './admission.js';
import { acknowledge, refuse, type Connection } from './connection.js';
import { DeadlineQueue, type Clock } from './deadline-queue.js';
import { Lines, type Line } from './lines.js';
import type { Metrics } from './metrics.js';
import { drop, endSession, enter, expire, leave, muteParticipant, update } from './room-members.js';
import type { RoomStep } from './room-step.js';
import type { RoomStore } from './room-store.js';
import { answerVideo, requestVideo } from './room-video.js';
import { memberOf, newSeat, type Room } from './room.js';
import type { ServerConfig } from './server-config.js';
import { errorFields, type ServerLog } from './server-log.js';

/** What the switchboard works with. */
export interface SwitchboardOptions {
  readonly config: ServerConfig;
  readonly store: RoomStore;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly log: ServerLog;
  /** Whether a token of that issuer is good for a client that came to `origin`. */
  readonly acceptsIssuer: (issuer: string, origin: string) => boolean;
  /** Aborted: connections that end now are not missed. */
  readonly signal: AbortSignal;
}

type Request = Exclude<ClientMessage, JoinMessage>;

/** Connects clients with rooms: requests come in, answers and announcements go out. Has never heard of sockets. */
export class Switchboard {
  readonly #options: SwitchboardOptions;
  readonly #lines = new Lines();
  readonly #serverId = nanoid();
  readonly #awaited: DeadlineQueue<string>;

  constructor(options: SwitchboardOptions) {
    this.#options = options;
    const { clock, config, signal } = options;
    this.#awaited = new DeadlineQueue({
      ms: config.graceMs,
      clock,
      signal,
      onDue: (sessionId) => this.#inBackground(this.#change(sessionId, (room) => expire(room, clock.now()))),
    });
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
    const until = this.#awaited.add(line.sessionId);
    this.#inBackground(this.#change(line.sessionId, (room) => drop(room, connection.id, until)));
  }

  async #join(connection: Connection, message: JoinMessage): Promise<void> {
    const { clock, config, store } = this.#options;
    const { sessionId, user, seat } = await admit(message, {
      config,
      store,
      acceptsIssuer: (issuer) => this.#options.acceptsIssuer(issuer, connection.origin),
    });
    if (!connection.open) return;
    if (this.isSeated(connection))
      throw new CallError('MESSAGE_MALFORMED', { details: 'This connection has joined already.' });
    const participantId = seat?.id ?? nanoid();
    this.#lines.hold({ connection, sessionId, participantId });
    try {
      const { room } = await this.#change(sessionId, (before) =>
        enter(before, {
          seat: seat ?? newSeat(before, participantId, clock.now()),
          user,
          state: message.state,
          connectionId: connection.id,
          switched: seat && message.switched,
          limit: config.meshLimit,
        }),
      );
      const context = { config, serverId: this.#serverId, now: clock.now() };
      acknowledge(connection, message.id, await joinAnswer(room, participantId, context));
      this.#lines.release(connection.id);
    } catch (error) {
      this.#lines.remove(connection.id);
      throw error;
    }
  }

  async #answer(line: Line, message: Request): Promise<unknown> {
    if (message.type === 'signal') return this.#signal(line, message);
    const decide = this.#decision(line, message);
    if (isGoodbye(message)) this.#lines.remove(line.connection.id);
    if (decide) await this.#change(line.sessionId, decide);
    return undefined;
  }

  /** What a request asks of the room; `null`: nothing. */
  #decision(
    { sessionId, participantId }: Line,
    message: Exclude<Request, { type: 'signal' }>,
  ): ((room: Room) => RoomStep) | null {
    if (message.type !== 'end-session') return decisions(participantId, message);
    const until = this.#awaited.add(sessionId);
    return (room) => endSession(room, participantId, until);
  }

  #signal(
    { sessionId, participantId }: Line,
    { to, epoch, data }: Extract<Request, { type: 'signal' }>,
  ): AnswerTo<'signal'> {
    const room = this.#options.store.peek(sessionId);
    const target = room ? memberOf(room, to).connectionId : null;
    if (target === null) return { delivered: false };
    const text = JSON.stringify({ type: 'signal', from: participantId, epoch, data });
    return { delivered: this.#lines.send(target, text) };
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
  message: Exclude<Request, { type: 'signal' | 'end-session' }>,
): ((room: Room) => RoomStep) | null {
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
    case 'ping':
      return null;
  }
}
