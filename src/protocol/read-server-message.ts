import { CallError } from '../domain/call-error.js';
import type { answers, ServerMessage } from './messages.js';

/** What `typeof` gives, the value itself, a list of one shape, or the members that an object must have at least. */
type Shape =
  'mesh' | 'string' | 'number' | 'boolean' | readonly [Shape] | { readonly [member: string]: Shape };

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
 * The server has checked what others sent, and it is the page's own: enough is asked for that no message of another
 * version breaks the call. Messages.ts has the whole contract.
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
  closing: { error: { code: 'string', message: 'string' } },
};

const answered: Readonly<Record<string, Shape>> & Readonly<Record<keyof typeof answers, Shape>> = {
  join: {
    sessionId: 'string',
    self: participant,
    participants: [participant],
    resume: 'string',
    transport: 'mesh',
    epoch: 'number',
    iceServers: [{}],
    graceMs: 'number',
    serverId: 'string',
  },
  signal: { delivered: 'boolean' },
  // Most are answered with nothing.
  ping: { resume: 'string' },
};

/** Reads what the server sent. Throws MESSAGE_MALFORMED or MESSAGE_UNKNOWN, with what is wrong in `details`. */
export function readServerMessage(text: string): ServerMessage {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch (cause) {
    throw new CallError('MESSAGE_MALFORMED', { cause });
  }
  const { type = '' } = Object(message) as { readonly type?: string };
  if (!Object.hasOwn(messages, type)) throw new CallError('MESSAGE_UNKNOWN', { details: type });
  demand(message, messages[type as ServerMessage['type']], type);
  return message as ServerMessage;
}

/** Reads what a request was answered with: `undefined` for those that are answered with nothing. Throws as above. */
export function readAnswer(type: string, answer: unknown): unknown {
  const shape = type === 'ping' && answer === undefined ? undefined : answered[type];
  if (shape) demand(answer, shape, type);
  return shape && answer;
}

/** Throws unless the value has the shape; `path` says where. */
function demand(value: unknown, shape: Shape, path: string): void {
  const members =
    typeof shape === 'string' ? {} : Array.isArray(shape) ? toEach(value, shape as readonly [Shape]) : shape;
  const kind = typeof shape === 'string' ? shape : 'object';
  if ((typeof value !== kind && value !== shape) || value === null || !members)
    throw new CallError('MESSAGE_MALFORMED', { details: { path, expected: kind } });
  for (const [name, each] of Object.entries<Shape>(members))
    demand((value as Readonly<Record<string, unknown>>)[name], each, `${path}.${name}`);
}

/** The shape of each member of a list; nothing for what is none. */
function toEach(value: unknown, [shape]: readonly [Shape]): readonly Shape[] | undefined {
  return Array.isArray(value) ? value.map(() => shape) : undefined;
}
