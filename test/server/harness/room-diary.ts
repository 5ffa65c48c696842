import { initialParticipantState, type ParticipantState } from '../../../src/domain/call/participant.js';
import type { HistoryEntry, RoomFact } from '../../../src/domain/history/history-entry.js';
import {
  disconnectParticipant,
  endSession,
  expireParticipants,
  joinRoom,
  leaveRoom,
  updateParticipant,
} from '../../../src/server/rooms/transitions/room-participants.js';
import { withHistory } from '../../../src/server/rooms/room-history.js';
import type { RoomTransition } from '../../../src/server/rooms/room-transition.js';
import { emptyRoom, newIdentity, type ContinuedCall, type Room } from '../../../src/server/rooms/room.js';

/** A room without a server, and what its history learns. Time stands still unless `wait` is called. */
export class RoomDiary {
  readonly entries: HistoryEntry[] = [];
  room: Room;
  at: number;
  #calls = 0;
  readonly #continued: ContinuedCall | undefined;

  constructor(
    sessionId = 's',
    { at = 1_700_000_000_000, continued }: { at?: number; continued?: ContinuedCall } = {},
  ) {
    this.room = emptyRoom(sessionId);
    this.at = at;
    this.#continued = continued;
  }

  join(id: string, state: Partial<ParticipantState> = {}): this {
    return this.#apply((room) =>
      joinRoom(room, {
        identity: newIdentity(room, id, this.at),
        user: { uid: id, name: id.toUpperCase(), avatar: '' },
        state: { ...initialParticipantState, ...state },
        connectionId: `c-${id}`,
        limit: 8,
      }),
    );
  }

  resume = this.join;

  leave(id: string): this {
    return this.#apply((room) => leaveRoom(room, id));
  }

  disconnect(id: string): this {
    return this.#apply((room) => disconnectParticipant(room, `c-${id}`, this.at + 30_000));
  }

  expire(): this {
    return this.#apply((room) => expireParticipants(room, this.at));
  }

  end(by: string): this {
    return this.#apply((room) => endSession(room, by, this.at + 1000));
  }

  update(id: string, changes: Partial<ParticipantState>): this {
    return this.#apply((room) => updateParticipant(room, id, changes));
  }

  wait(ms: number): this {
    this.at += ms;
    return this;
  }

  #apply(transition: (room: Room) => RoomTransition): this {
    const newCallId = `call-${this.#calls + 1}`;
    const context = { at: this.at, newCallId, continued: this.#continued };
    const { room, history } = withHistory(this.room, transition(this.room), context);
    this.room = room;
    if (history?.callId === newCallId && room.call === null) this.#calls += 1;
    if (history) this.entries.push(history);
    return this;
  }
}

/** A fact in few words. */
export function short(fact: RoomFact): string {
  if (!('stay' in fact)) return fact.type;
  const { memberId } = fact.stay;
  if (fact.type === 'member-joined') return `joined ${memberId}`;
  return fact.type === 'member-left' ? `left ${memberId}: ${fact.reason}` : `${fact.type} ${memberId}`;
}
