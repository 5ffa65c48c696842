import { CallError } from '../domain/call-error.js';
import type { answers, ServerMessage, TransportAnswer } from './messages.js';

/** A `typeof` result, a literal value, a list of one shape, or the required members of an object. */
type Shape = 'string' | 'number' | 'boolean' | readonly [Shape] | { readonly [member: string]: Shape };

const participant: Shape = {
  id: 'string',
  uid: 'string',
  name: 'string',
  avatar: 'string',
  order: 'number',
  joinedAt: 'number',
  connection: 'string',
  audioMuted: 'boolean',
  videoPaused: 'boolean',
  screenSharing: 'boolean',
  recording: 'boolean',
};

/**
 * The minimum that is checked, so that no message of another version breaks the call: messages from other clients
 * were already validated by the server. messages.ts has the whole contract.
 */
const messages: Readonly<Record<ServerMessage['type'], Shape>> = {
  ack: { id: 'number' },
  'participant-joined': { participant },
  'participant-left': { participantId: 'string' },
  'participant-updated': { participantId: 'string', changes: {} },
  signal: { from: 'string', epoch: 'number', data: {} },
  'video-requested': { by: 'string' },
  'video-request-ended': {},
  'switched-to-video': { initiator: 'string', responder: 'string' },
  'transport-changed': { generation: 'number' },
  'transport-settled': { generation: 'number' },
  closing: { error: { code: 'string', message: 'string' } },
};

const answered: Readonly<Record<string, Shape>> & Readonly<Record<keyof typeof answers, Shape>> = {
  join: {
    sessionId: 'string',
    self: participant,
    participants: [participant],
    resume: 'string',
    generation: 'number',
    graceMs: 'number',
    serverId: 'string',
  },
  signal: { delivered: 'boolean' },
  // Most pings have no answer.
  ping: { resume: 'string' },
  'get-transport': { generation: 'number' },
};

const grants: Readonly<Record<TransportAnswer['transport'], Shape>> = {
  mesh: { iceServers: [{}] },
  sfu: { url: 'string', token: 'string' },
};

/** Parses a message of the server. Throws MESSAGE_MALFORMED or MESSAGE_UNKNOWN, with the problem in `details`. */
export function readServerMessage(text: string): ServerMessage {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch (cause) {
    throw new CallError('MESSAGE_MALFORMED', { cause });
  }
  const { type } = Object(message) as { readonly type?: unknown };
  if (typeof type !== 'string' || !Object.hasOwn(messages, type))
    throw new CallError('MESSAGE_UNKNOWN', { details: type });
  assertShape(message, messages[type as ServerMessage['type']], type);
  return message as ServerMessage;
}

/** Validates the answer to a request; `undefined` for requests without one. Throws MESSAGE_MALFORMED. */
export function readAnswer(type: string, answer: unknown): unknown {
  const shape = type === 'ping' && answer === undefined ? undefined : answered[type];
  if (shape) assertShape(answer, shape, type);
  if (type === 'join' || type === 'get-transport') assertShape(answer, grantShape(answer), type);
  return shape && answer;
}

/** The shape of the grant in an answer. For a transport that this client does not know, nothing matches. */
function grantShape(answer: unknown): Shape {
  const { transport = '' } = answer as { readonly transport?: string };
  return Object.hasOwn(grants, transport)
    ? grants[transport as keyof typeof grants]
    : { transport: ['string'] };
}

/** Throws MESSAGE_MALFORMED unless the value has the shape; `path` locates the problem. */
function assertShape(value: unknown, shape: Shape, path: string): void {
  const members =
    typeof shape === 'string' ? {} : Array.isArray(shape) ? toEach(value, shape as readonly [Shape]) : shape;
  const kind = typeof shape === 'string' ? shape : 'object';
  if ((typeof value !== kind && value !== shape) || value === null || !members)
    throw new CallError('MESSAGE_MALFORMED', { details: { path, expected: kind } });
  for (const [name, each] of Object.entries<Shape>(members))
    assertShape((value as Readonly<Record<string, unknown>>)[name], each, `${path}.${name}`);
}

/** The shape of each list item; `undefined` if the value is not a list. */
function toEach(value: unknown, [shape]: readonly [Shape]): readonly Shape[] | undefined {
  return Array.isArray(value) ? value.map(() => shape) : undefined;
}
