import { nanoid } from 'nanoid';
import type { OutboundMessage, RoomTransition } from './room-transition.js';
import { emptyRoom, type ConnectionId, type Room } from './room.js';

/** What a store tells its node. */
export interface RoomStoreListener {
  /** A transition of this node was stored. Called before its messages are delivered. */
  stored(outcome: RoomTransition): void;
  /** Messages for connections, in the order in which they arose. Those of other nodes are to be ignored. */
  deliver(messages: readonly OutboundMessage[]): void;
  /** A signal from another node. */
  relay(to: ConnectionId, text: string): void;
  /** A room with connections of this node, whenever it has changed. */
  changed(room: Room): void;
  /** Messages for this node's connections in the room may have been lost. */
  interrupted(sessionId: string): void;
  /** A deadline of the room has passed, and the node that set it may be gone. */
  overdue(sessionId: string): Promise<void>;
  /** The node that had these connections is gone. */
  nodeLost(sessionId: string, isLost: (id: ConnectionId) => boolean): Promise<void>;
}

/** Stores rooms: in this process, or in a store that several nodes share. */
export interface RoomStore {
  /** Changes when the store may have lost its rooms. */
  readonly storeId: string;
  /** Whether a connection is one of this node, open or not. */
  isOwn(id: ConnectionId): boolean;
  subscribe(listener: RoomStoreListener): void;
  /** The last known room with connections of this node, without a round trip. Recent enough to relay signals. */
  peek(sessionId: string): Room | undefined;
  /** The room as it is stored. */
  read(sessionId: string): Promise<Room | undefined>;
  /** Forwards a signal to a connection of another node. Returns `false` if that is impossible. */
  relay(to: ConnectionId, text: string): boolean;
  /**
   * Applies a transition to the newest room, stores the result, and has its messages delivered. Rejects with the error
   * that `transition` throws; then nothing has changed. `transition` runs again if the room was changed meanwhile.
   * Rejects with SERVER_UNAVAILABLE if the store cannot be reached; then it is unknown whether the room has changed.
   */
  transact(sessionId: string, transition: (room: Room) => RoomTransition): Promise<RoomTransition>;
  /**
   * The number of connected participants of a user in all rooms. Disconnected participants, such as after a reload,
   * do not count.
   */
  countSessions(uid: string): Promise<number>;
  /** Rooms and participants known to this node, for the metrics. */
  size(): { readonly rooms: number; readonly participants: number };
}

/** Keeps the rooms in this process. */
export class MemoryRoomStore implements RoomStore {
  readonly storeId = nanoid();
  readonly #rooms = new Map<string, Room>();
  readonly #sessions = new Map<string, number>();
  #listener: RoomStoreListener | undefined;

  isOwn(): boolean {
    return true;
  }

  subscribe(listener: RoomStoreListener): void {
    this.#listener = listener;
  }

  peek(sessionId: string): Room | undefined {
    return this.#rooms.get(sessionId);
  }

  read(sessionId: string): Promise<Room | undefined> {
    return Promise.resolve(this.#rooms.get(sessionId));
  }

  /** There is no other node. */
  relay(): boolean {
    return false;
  }

  transact(sessionId: string, transition: (room: Room) => RoomTransition): Promise<RoomTransition> {
    // Inside the executor an error of `transition` becomes a rejection.
    return new Promise((resolve) => {
      const before = this.#rooms.get(sessionId) ?? emptyRoom(sessionId);
      const outcome = transition(before);
      this.#save(before, outcome.room);
      this.#listener?.stored(outcome);
      this.#listener?.deliver(outcome.outbound);
      resolve(outcome);
    });
  }

  countSessions(uid: string): Promise<number> {
    return Promise.resolve(this.#sessions.get(uid) ?? 0);
  }

  size(): { readonly rooms: number; readonly participants: number } {
    let [rooms, participants] = [0, 0];
    for (const room of this.#rooms.values()) {
      // An ended session is retained without participants, and does not count.
      if (room.participants.length > 0) rooms += 1;
      participants += room.participants.length;
    }
    return { rooms, participants };
  }

  #save(before: Room, after: Room): void {
    if (after === before) return;
    for (const { uid, connectionId } of before.participants)
      if (connectionId !== null) this.#adjustSessions(uid, -1);
    for (const { uid, connectionId } of after.participants)
      if (connectionId !== null) this.#adjustSessions(uid, 1);
    if (after.participants.length === 0 && !after.endedSession) this.#rooms.delete(after.sessionId);
    else this.#rooms.set(after.sessionId, after);
  }

  #adjustSessions(uid: string, delta: number): void {
    const sessions = (this.#sessions.get(uid) ?? 0) + delta;
    if (sessions === 0) this.#sessions.delete(uid);
    else this.#sessions.set(uid, sessions);
  }
}
