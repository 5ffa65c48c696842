import { CallError, isCallErrorCode } from '../domain/call-error.js';
import type { ParticipantId } from '../domain/participant.js';
import type { AuthorizationRequest } from './authorization.js';
import type { Connection } from './connection.js';
import type { Saying } from './room-step.js';
import type { ConnectionId } from './room.js';
import type { SendBudget } from './send-budget.js';

/** A connection that sits in a call. */
export interface Line {
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

interface HeldLine extends Line {
  /** What is to be said after the join answer; `null` once that is sent. */
  held: string[] | null;
}

/** The connections of this node, and the way to say something to them. */
export class Lines {
  readonly #lines = new Map<ConnectionId, HeldLine>();

  get(id: ConnectionId): Line | undefined {
    return this.#lines.get(id);
  }

  /** From now on the line is spoken to, but hears it only after `release`: the join answer comes first. */
  hold(line: Line): void {
    this.#lines.set(line.connection.id, { ...line, held: [] });
  }

  release(id: ConnectionId): void {
    const line = this.#lines.get(id);
    line?.held?.forEach((text) => line.connection.send(text));
    if (line) line.held = null;
  }

  /** Returns whether it was there. */
  remove(id: ConnectionId): boolean {
    return this.#lines.delete(id);
  }

  /** Returns whether it could be sent. */
  send(id: ConnectionId, text: string): boolean {
    const line = this.#lines.get(id);
    if (!line?.connection.open) return false;
    if (!line.held) return line.connection.send(text);
    line.held.push(text);
    return true;
  }

  /** Hands on what another member sends. Returns whether it could be sent. */
  relay(id: ConnectionId, text: string): boolean {
    const waiting = this.#lines.get(id)?.connection.waitingBytes ?? 0;
    return waiting <= maxWaitingBytes && this.send(id, text);
  }

  say(sayings: readonly Saying[]): void {
    for (const { to, message } of sayings) {
      if (message.type === 'closing') to.forEach((id) => this.#end(id, message.error.code));
      else {
        const text = JSON.stringify(message);
        for (const id of to) this.send(id, text);
      }
    }
  }

  /** The participant came back on another connection, or the call was ended for everybody. */
  #end(id: ConnectionId, code: string): void {
    const line = this.#lines.get(id);
    this.#lines.delete(id);
    line?.connection.close(new CallError(isCallErrorCode(code) ? code : 'INTERNAL'));
  }
}
