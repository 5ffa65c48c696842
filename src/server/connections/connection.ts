import type { CallError } from '../../domain/call-error.js';
import type { ServerMessage, Failure } from '../../protocol/messages.js';
import './error-messages.js';
import type { ConnectionId } from '../rooms/room.js';

/** One client's connection, independent of the transport. */
export interface Connection {
  readonly id: ConnectionId;
  readonly open: boolean;
  /** Whether it was ended because nothing arrived any more, as opposed to being closed. */
  readonly fellSilent: boolean;
  /** Whether anything came from the client since the handshake, which may carry a join. */
  readonly hasSpoken: boolean;
  /** The server URL that the client used. */
  readonly origin: string;
  /** Bytes sent but not yet transmitted, because the client reads slowly. */
  readonly waitingBytes: number;
  /** Returns `false` if the connection is not open. */
  send(text: string): boolean;
  /** Sends `closing` (unless `error` is `null`, after a leave), then closes the connection. */
  close(error: CallError | null): void;
}

/** Acknowledges a request. */
export function sendAck(connection: Connection, id: number, result: unknown): void {
  send(connection, result === undefined ? { type: 'ack', id } : { type: 'ack', id, answer: result });
}

/** Rejects a request. */
export function sendError(connection: Connection, id: number, error: CallError): void {
  send(connection, { type: 'ack', id, error: toFailure(error) });
}

/** An error as it is sent. Details longer than 500 characters, which quote long input, are omitted. */
export function toFailure({ code, message, details }: CallError): Failure {
  const isShort = details !== null && details !== undefined && JSON.stringify(details).length <= 500;
  return { code, message, ...(isShort && code !== 'INTERNAL' && { details }) };
}

function send(connection: Connection, message: ServerMessage): void {
  connection.send(JSON.stringify(message));
}
