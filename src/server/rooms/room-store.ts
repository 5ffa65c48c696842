import type { RoomTransition } from './room-transition.js';
import { emptyRoom, type Room } from './room.js';

/** Where rooms are kept: in this process, or in a store that several nodes share. */
export interface RoomStore {
  /** The room as last heard of, without a round trip; good enough to relay signals. */
  peek(sessionId: string): Room | undefined;
  /** Decides on the newest room and stores the outcome. Rejects with what `transition` throws; then nothing changed. */
  transact(sessionId: string, transition: (room: Room) => RoomTransition): Promise<RoomTransition>;
  /** In how many places of all calls a user is connected. Those that are only held, such as after a reload, do not count. */
  countSessions(uid: string): Promise<number>;
  /** What this node knows of, for the metrics. */
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
    // What `transition` throws rejects.
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
      // Of an ended call, only its end is remembered.
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
