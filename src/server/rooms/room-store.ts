import type { RoomTransition } from './room-transition.js';
import { emptyRoom, type Room } from './room.js';

/** Stores rooms: in this process, or in a store that several nodes share. */
export interface RoomStore {
  /** The last known room, without a round trip. Recent enough to relay signals. */
  peek(sessionId: string): Room | undefined;
  /**
   * Applies a transition to the newest room and stores the result. Rejects with the error that `transition` throws;
   * then nothing has changed.
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
  readonly #rooms = new Map<string, Room>();
  readonly #sessions = new Map<string, number>();

  peek(sessionId: string): Room | undefined {
    return this.#rooms.get(sessionId);
  }

  transact(sessionId: string, transition: (room: Room) => RoomTransition): Promise<RoomTransition> {
    // Inside the executor an error of `transition` becomes a rejection.
    return new Promise((resolve) => {
      const before = this.#rooms.get(sessionId) ?? emptyRoom(sessionId);
      const outcome = transition(before);
      this.#save(before, outcome.room);
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
