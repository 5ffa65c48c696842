import { CallError, isCallErrorCode } from '../../domain/call-error.js';
import type { ParticipantId } from '../../domain/call/participant.js';
import type { AuthorizationRequest } from '../auth/authorization.js';
import type { Connection } from '../connections/connection.js';
import type { OutboundMessage } from './room-transition.js';
import type { ConnectionId } from './room.js';
import type { SendBudget } from '../limits/send-budget.js';

/** A connection that has joined a room. */
export interface JoinedConnection {
  readonly connection: Connection;
  readonly sessionId: string;
  readonly participantId: ParticipantId;
  /** The user and role in its token. */
  readonly user: AuthorizationRequest['user'];
  /** When its token expires (ms since 1970). */
  readonly expiresAt: number;
  /** When it last received what it needs for the transport (ms since 1970). */
  grantedAt: number;
  readonly budget: SendBudget;
}

/**
 * Bytes that may be queued for one connection before further signals to it are dropped: a slow reader is not cut
 * because of what others send.
 */
const maxWaitingBytes = 1024 * 1024;

interface BufferedConnection extends JoinedConnection {
  /** Messages that are sent after the join answer; `null` once they have been. */
  buffer: string[] | null;
}

/** The joined connections of this node. Sends messages to them. */
export class ConnectionRegistry {
  readonly #connections = new Map<ConnectionId, BufferedConnection>();
  readonly #bySession = new Map<string, Set<JoinedConnection>>();

  get(id: ConnectionId): JoinedConnection | undefined {
    return this.#connections.get(id);
  }

  inSession(sessionId: string): readonly JoinedConnection[] {
    return [...(this.#bySession.get(sessionId) ?? [])];
  }

  /** Adds a connection. Messages to it are buffered until `flush`, because the join answer must come first. */
  addBuffered(entry: JoinedConnection): void {
    const buffered: BufferedConnection = { ...entry, buffer: [] };
    this.#connections.set(entry.connection.id, buffered);
    const { sessionId } = entry;
    this.#bySession.set(sessionId, (this.#bySession.get(sessionId) ?? new Set()).add(buffered));
  }

  flush(id: ConnectionId): void {
    const entry = this.#connections.get(id);
    entry?.buffer?.forEach((text) => entry.connection.send(text));
    if (entry) entry.buffer = null;
  }

  remove(id: ConnectionId): void {
    const entry = this.#connections.get(id);
    if (!entry) return;
    this.#connections.delete(id);
    const others = this.#bySession.get(entry.sessionId);
    others?.delete(entry);
    if (others?.size === 0) this.#bySession.delete(entry.sessionId);
  }

  /** Returns whether the message was sent or buffered. */
  send(id: ConnectionId, text: string): boolean {
    const entry = this.#connections.get(id);
    if (!entry?.connection.open) return false;
    if (!entry.buffer) return entry.connection.send(text);
    entry.buffer.push(text);
    return true;
  }

  /** Forwards a signal of another participant. Returns `false` if it was dropped. */
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

  /** The participant resumed on another connection, or the session was ended for all. */
  #closeConnection(id: ConnectionId, code: string): void {
    const entry = this.#connections.get(id);
    this.remove(id);
    entry?.connection.close(new CallError(isCallErrorCode(code) ? code : 'INTERNAL'));
  }
}
