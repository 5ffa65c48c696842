import * as v from 'valibot';
import { CallError } from '../domain/call-error.js';
import {
  clientMessage,
  maxSdpLength,
  serverMessage,
  type ClientMessage,
  type ServerMessage,
} from './messages.js';

/** Parses a client's message. Throws MESSAGE_MALFORMED or MESSAGE_UNKNOWN, with the problem in `details`. */
export function parseClientMessage(text: string): ClientMessage {
  const value = parseJson(text);
  return asDescription(value) ?? validate(clientMessage, value);
}

type Signal = Extract<ClientMessage, { type: 'signal' }>;

/** An offer or answer, which is most of the traffic: the same checks as those of the schema, in a tenth of the time. */
function asDescription(value: unknown): Signal | undefined {
  const { type, id, ack, to, epoch, data } = Object(value) as Partial<Record<keyof Signal, unknown>>;
  if (type !== 'signal' || !isCount(id) || !isCount(epoch)) return undefined;
  if (ack !== undefined && ack !== 'on-failure') return undefined;
  if (typeof to !== 'string' || to === '' || to.length > 64) return undefined;
  const { type: kind, sdp } = Object(data) as { readonly type?: unknown; readonly sdp?: unknown };
  if ((kind !== 'offer' && kind !== 'answer') || typeof sdp !== 'string' || sdp.length > maxSdpLength)
    return undefined;
  const signal = { type, id, to, epoch, data: { type: kind, sdp } } as const;
  return ack ? { ...signal, ack } : signal;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

/** Parses a message of the server. Throws like `parseClientMessage`. */
export function parseServerMessage(text: string): ServerMessage {
  return parse(serverMessage, text);
}

/** Parses JSON with a schema. Throws like `parseClientMessage`. */
export function parse<Schema extends v.GenericSchema>(schema: Schema, text: string): v.InferOutput<Schema> {
  return validate(schema, parseJson(text));
}

function validate<Schema extends v.GenericSchema>(schema: Schema, value: unknown): v.InferOutput<Schema> {
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
