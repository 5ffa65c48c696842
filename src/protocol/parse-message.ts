import * as v from 'valibot';
import { CallError } from '../domain/call-error.js';
import { clientMessage, serverMessage, type ClientMessage, type ServerMessage } from './messages.js';

/** Reads what a stranger sent. Throws MESSAGE_MALFORMED or MESSAGE_UNKNOWN, with what is wrong in `details`. */
export function parseClientMessage(text: string): ClientMessage {
  return parse(clientMessage, text);
}

/** Reads what the server sent; the same errors as above. */
export function parseServerMessage(text: string): ServerMessage {
  return parse(serverMessage, text);
}

/** Reads JSON that should be one of a union of messages. Throws as above. */
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
