import * as v from 'valibot';
import { CallError } from '../domain/call-error.js';
import { clientMessage, serverMessage, type ClientMessage, type ServerMessage } from './messages.js';
import {
  ringRequest,
  ringServerMessage,
  type RingRequestMessage,
  type RingServerMessage,
} from './ring-messages.js';

/** Reads what a stranger sent. Throws MESSAGE_MALFORMED or MESSAGE_UNKNOWN, with what is wrong in `details`. */
export function parseClientMessage(text: string): ClientMessage {
  return parse(clientMessage, text);
}

/** Reads what the server sent; the same errors as above. */
export function parseServerMessage(text: string): ServerMessage {
  return parse(serverMessage, text);
}

/** The same for a device's request about ringing. */
export function parseRingRequest(text: string): RingRequestMessage {
  return parse(ringRequest, text);
}

/** The same for what the server says about ringing. */
export function parseRingServerMessage(text: string): RingServerMessage {
  return parse(ringServerMessage, text);
}

type Variant = typeof clientMessage | typeof serverMessage | typeof ringRequest | typeof ringServerMessage;

function parse<Schema extends Variant>(schema: Schema, text: string): v.InferOutput<Schema> {
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
