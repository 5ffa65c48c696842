import type { RoomStep } from './room-step.js';
import { emptyRoom, type Room } from './room.js';

/** Where rooms are kept: in this process, or in a store that several nodes share. */
export interface RoomStore {
  /** The room as last heard of, without a round trip; good enough to relay signals. */
  peek(sessionId: string): Room | undefined;
  /** Decides on the newest room and stores the outcome. Rejects with what `decide` throws; then nothing changed. */
  change(sessionId: string, decide: (room: Room) => RoomStep): Promise<RoomStep>;
  /** In how many places of all calls a user is connected. Those that are only held, such as after a reload, do not count. */
  countSeats(uid: string): Promise<number>;
  /** What this node knows of, for the metrics. */
  size(): { readonly rooms: number; readonly members: number };
}

/** Keeps the rooms in this process. */
export class MemoryRoomStore implements RoomStore {
  readonly #rooms = new Map<string, Room>();
  readonly #seats = new Map<string, number>();

  peek(sessionId: string): Room | undefined {
    return this.#rooms.get(sessionId);
  }

  change(sessionId: string, decide: (room: Room) => RoomStep): Promise<RoomStep> {
    // What `decide` throws rejects.
    return new Promise((resolve) => {
      const before = this.#rooms.get(sessionId) ?? emptyRoom(sessionId);
      const decided = decide(before);
      this.#keep(before, decided.room);
      resolve(decided);
    });
  }

  countSeats(uid: string): Promise<number> {
    return Promise.resolve(this.#seats.get(uid) ?? 0);
  }

  size(): { readonly rooms: number; readonly members: number } {
    let [rooms, members] = [0, 0];
    for (const room of this.#rooms.values()) {
      // Of an ended call, only its end is remembered.
      if (room.members.length > 0) rooms += 1;
      members += room.members.length;
    }
    return { rooms, members };
  }

  #keep(before: Room, after: Room): void {
    if (after === before) return;
    for (const { uid, connectionId } of before.members) if (connectionId !== null) this.#count(uid, -1);
    for (const { uid, connectionId } of after.members) if (connectionId !== null) this.#count(uid, 1);
    if (after.members.length === 0 && !after.ended) this.#rooms.delete(after.sessionId);
    else this.#rooms.set(after.sessionId, after);
  }

  #count(uid: string, change: number): void {
    const seats = (this.#seats.get(uid) ?? 0) + change;
    if (seats === 0) this.#seats.delete(uid);
    else this.#seats.set(uid, seats);
  }
}
