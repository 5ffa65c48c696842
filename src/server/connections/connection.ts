import type { CallError } from '../../domain/call-error.js';
import type { ServerMessage, Failure } from '../../protocol/messages.js';
import './error-messages.js';
import type { ConnectionId } from '../rooms/room.js';

/** One client's connection, whatever carries it. */
export interface Connection {
  readonly id: ConnectionId;
  readonly open: boolean;
  /** The URL under which the client has reached the server. */
  readonly origin: string;
  /** What was sent and is still here, because the client reads slowly. */
  readonly waitingBytes: number;
  /** Returns whether it could be sent. */
  send(text: string): boolean;
  /** Says `closing` (nothing after a leave: `null`), then ends the connection. */
  close(error: CallError | null): void;
}

/** The answer to a request. */
export function sendAck(connection: Connection, id: number, result: unknown): void {
  send(connection, result === undefined ? { type: 'ack', id } : { type: 'ack', id, answer: result });
}

/** The answer to a request that cannot be granted. */
export function sendError(connection: Connection, id: number, error: CallError): void {
  send(connection, { type: 'ack', id, error: toFailure(error) });
}

/** An error as it travels. Details that quote long input back are left out. */
export function toFailure({ code, message, details }: CallError): Failure {
  const isShort = details !== null && details !== undefined && JSON.stringify(details).length <= 500;
  return { code, message, ...(isShort && code !== 'INTERNAL' && { details }) };
}

function send(connection: Connection, message: ServerMessage): void {
  connection.send(JSON.stringify(message));
}
