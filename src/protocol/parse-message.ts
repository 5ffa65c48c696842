import * as v from 'valibot';
import { CallError } from '../domain/call-error.js';
import { clientMessage, serverMessage, type ClientMessage, type ServerMessage } from './messages.js';

/** Parses a client's message. Throws MESSAGE_MALFORMED or MESSAGE_UNKNOWN, with the problem in `details`. */
export function parseClientMessage(text: string): ClientMessage {
  return parse(clientMessage, text);
}

/** Parses a message of the server. Throws like `parseClientMessage`. */
export function parseServerMessage(text: string): ServerMessage {
  return parse(serverMessage, text);
}

/** Parses JSON with a schema. Throws like `parseClientMessage`. */
export function parse<Schema extends v.GenericSchema>(schema: Schema, text: string): v.InferOutput<Schema> {
  const value = parseJson(text);
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue) ?? '';
  throw new CallError(path === 'type' ? 'MESSAGE_UNKNOWN' : 'MESSAGE_MALFORMED', {
    details: { path, expected: issue.expected, received: issue.received },
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CallError('MESSAGE_MALFORMED', { cause, details: 'The message is not JSON.' });
  }
}
