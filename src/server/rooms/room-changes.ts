import { nanoid } from 'nanoid';
import { asCallError, CallError } from '../../domain/call-error.js';
import { DeadlineQueue } from '../limits/deadline-queue.js';
import { errorFields } from '../monitoring/server-log.js';
import type { ConnectionRegistry, JoinedConnection } from './connection-registry.js';
import { RoomDeadlines } from './room-deadlines.js';
import { withHistory } from './room-history.js';
import { adaptMedia } from './transitions/room-media.js';
import {
  disconnectParticipant,
  disconnectWhere,
  expireParticipants,
  leaveRoom,
} from './transitions/room-participants.js';
import type { RoomServiceOptions } from './room-service-options.js';
import type { RoomStoreListener } from './room-store.js';
import type { OutboundMessage, RoomTransition } from './room-transition.js';
import type { ConnectionId, ContinuedCall, Room } from './room.js';

/** How long (ms) rooms and connections may differ before they are compared: a join or a leave may be under way. */
const recheckMs = 2000;

/**
 * Changes rooms, and delivers what follows from changes to the connections of this node. After failures of a shared
 * store, it makes rooms and connections agree again.
 */
export class RoomChanges implements RoomStoreListener {
  readonly deadlines: RoomDeadlines;
  readonly #options: RoomServiceOptions;
  readonly #connections: ConnectionRegistry;
  readonly #rechecks: DeadlineQueue<string>;
  /** The sessions that wait to be rechecked. */
  readonly #doubtful = new Set<string>();
  /** Connections whose requests failed: their clients may believe what no room contains. */
  readonly #failed = new Set<ConnectionId>();

  constructor(options: RoomServiceOptions, connections: ConnectionRegistry) {
    this.#options = options;
    this.#connections = connections;
    const { clock, config, signal, store } = options;
    const onDue = (sessionId: string): void => this.#inBackground(this.overdue(sessionId));
    this.deadlines = new RoomDeadlines({ config, clock, onDue, signal });
    this.#rechecks = new DeadlineQueue<string>({
      ms: recheckMs,
      clock,
      signal,
      onDue: (sessionId) => this.#inBackground(this.#recheck(sessionId)),
    });
    store.subscribe(this);
  }

  /** Rejects with the error of `transition`, or with SERVER_UNAVAILABLE. */
  async apply(
    sessionId: string,
    transition: (room: Room) => RoomTransition,
    continued?: ContinuedCall,
  ): Promise<RoomTransition> {
    const { store, config, clock } = this.#options;
    const [at, newCallId] = [clock.now(), nanoid()];
    let before: Room | undefined;
    try {
      const outcome = await store.transact(sessionId, (room) => {
        before = room;
        return withHistory(room, adaptMedia(room, transition(room), config, at), {
          at,
          newCallId,
          continued,
        });
      });
      if (before) this.#options.liveKit?.changed(before, outcome.room);
      if (outcome.room.media.smallSince === at) this.deadlines.small(sessionId);
      return outcome;
    } catch (error) {
      if (asCallError(error).code === 'SERVER_UNAVAILABLE') this.#doubt(sessionId);
      throw error;
    }
  }

  /** The connection was lost. Its participant is kept for the grace period. */
  drop({ sessionId, connection }: JoinedConnection): void {
    this.#disconnect(sessionId, connection.id, connection.fellSilent);
  }

  leave({ sessionId, participantId }: JoinedConnection): void {
    this.#inBackground(this.apply(sessionId, (room) => leaveRoom(room, participantId)));
  }

  /** A request failed because the store could not be reached: once it can, the client joins again with its state. */
  failed({ sessionId, connection }: JoinedConnection): void {
    this.#failed.add(connection.id);
    this.#doubt(sessionId);
  }

  // What the store reports

  stored({ history }: RoomTransition): void {
    // Recorded before it is sent: what clients saw is in the history, even if the process is killed.
    if (history) this.#options.history.record([history]);
  }

  deliver(messages: readonly OutboundMessage[]): void {
    this.#connections.deliver(messages);
  }

  relay(to: ConnectionId, text: string): void {
    this.#connections.relay(to, text);
  }

  changed(room: Room): void {
    if (this.#closedIn(room).length > 0) this.#doubt(room.sessionId);
  }

  /** The clients get the room when they join again. */
  interrupted(sessionId: string): void {
    for (const { connection } of this.#connections.inSession(sessionId)) this.#reconnect(connection.id);
    this.#doubt(sessionId);
  }

  async overdue(sessionId: string): Promise<void> {
    await this.apply(sessionId, (room) => expireParticipants(room, this.#options.clock.now()));
  }

  async nodeLost(sessionId: string, isLost: (id: ConnectionId) => boolean): Promise<void> {
    const until = this.deadlines.disconnected(sessionId, true);
    await this.apply(sessionId, (room) => disconnectWhere(room, isLost, until));
  }

  /** Applies a change without awaiting it; failures are logged. */
  #inBackground(change: Promise<unknown>): void {
    change.catch((error: unknown) => this.#options.log('error', 'room update failed', errorFields(error)));
  }

  #disconnect(sessionId: string, connectionId: ConnectionId, fellSilent: boolean): void {
    const until = this.deadlines.disconnected(sessionId, fellSilent);
    this.#inBackground(this.apply(sessionId, (room) => disconnectParticipant(room, connectionId, until)));
  }

  #doubt(sessionId: string): void {
    if (this.#doubtful.has(sessionId)) return;
    this.#doubtful.add(sessionId);
    this.#rechecks.add(sessionId);
  }

  /** Repeated until the store can be reached. */
  async #recheck(sessionId: string): Promise<void> {
    this.#doubtful.delete(sessionId);
    let room: Room | undefined;
    try {
      room = await this.#options.store.read(sessionId);
    } catch {
      return this.#doubt(sessionId);
    }
    for (const id of room ? this.#closedIn(room) : []) this.#disconnect(sessionId, id, false);
    for (const { connection } of this.#connections.inSession(sessionId))
      if (this.#failed.delete(connection.id)) this.#reconnect(connection.id);
  }

  /** Connections of this node that the room still has although they are closed. */
  #closedIn({ participants }: Room): readonly ConnectionId[] {
    const { store } = this.#options;
    return participants.flatMap(({ connectionId: id }) =>
      id !== null && store.isOwn(id) && !this.#connections.get(id) ? [id] : [],
    );
  }

  /** Closes the connection so that its client joins again. It is not treated as lost. */
  #reconnect(id: ConnectionId): void {
    const entry = this.#connections.get(id);
    this.#connections.remove(id);
    entry?.connection.close(new CallError('SERVER_STOPPING'));
  }
}
