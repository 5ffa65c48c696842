import { CallError, isCallErrorCode } from '../../domain/call-error.js';
import type { ParticipantId } from '../../domain/call/participant.js';
import type { AuthorizationRequest } from '../auth/authorization.js';
import type { Connection } from '../connections/connection.js';
import type { OutboundMessage } from './room-transition.js';
import type { ConnectionId } from './room.js';
import type { SendBudget } from '../limits/send-budget.js';

/** A connection that sits in a call. */
export interface JoinedConnection {
  readonly connection: Connection;
  readonly sessionId: string;
  readonly participantId: ParticipantId;
  /** Who its token says that it is. */
  readonly user: AuthorizationRequest['user'];
  /** When its token expires, in ms since 1970. */
  readonly expiresAt: number;
  readonly budget: SendBudget;
}

/** Signals wait for their receiver up to here; beyond, they are not delivered, so that they never get it cut off. */
const maxWaitingBytes = 1024 * 1024;

interface BufferedConnection extends JoinedConnection {
  /** What is to be said after the join answer; `null` once that is sent. */
  buffer: string[] | null;
}

/** The connections of this node, and the way to say something to them. */
export class ConnectionRegistry {
  readonly #connections = new Map<ConnectionId, BufferedConnection>();

  get(id: ConnectionId): JoinedConnection | undefined {
    return this.#connections.get(id);
  }

  /** From now on the line is spoken to, but hears it only after `flush`: the join answer comes first. */
  addBuffered(entry: JoinedConnection): void {
    this.#connections.set(entry.connection.id, { ...entry, buffer: [] });
  }

  flush(id: ConnectionId): void {
    const entry = this.#connections.get(id);
    entry?.buffer?.forEach((text) => entry.connection.send(text));
    if (entry) entry.buffer = null;
  }

  /** Returns whether it was there. */
  remove(id: ConnectionId): boolean {
    return this.#connections.delete(id);
  }

  /** Returns whether it could be sent. */
  send(id: ConnectionId, text: string): boolean {
    const entry = this.#connections.get(id);
    if (!entry?.connection.open) return false;
    if (!entry.buffer) return entry.connection.send(text);
    entry.buffer.push(text);
    return true;
  }

  /** Hands on what another member sends. Returns whether it could be sent. */
  relay(id: ConnectionId, text: string): boolean {
    const waiting = this.#connections.get(id)?.connection.waitingBytes ?? 0;
    return waiting <= maxWaitingBytes && this.send(id, text);
  }

  deliver(messages: readonly OutboundMessage[]): void {
    for (const { to, message } of messages) {
      if (message.type === 'closing') to.forEach((id) => this.#closeConnection(id, message.error.code));
      else {
        const text = JSON.stringify(message);
        for (const id of to) this.send(id, text);
      }
    }
  }

  /** The participant came back on another connection, or the call was ended for everybody. */
  #closeConnection(id: ConnectionId, code: string): void {
    const entry = this.#connections.get(id);
    this.#connections.delete(id);
    entry?.connection.close(new CallError(isCallErrorCode(code) ? code : 'INTERNAL'));
  }
}
