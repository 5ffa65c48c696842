import * as v from 'valibot';
import { defaultRingMs } from '../domain/ring/ring-call.js';
import type { RingView } from '../domain/ring/ring-view.js';
import { failure, maxJoinBytes } from './messages.js';
import { maxAvatarLength } from './token-claims.js';

/** Client and server must agree on it; raised when a message about ringing changes its meaning. */
export const ringProtocolVersion = 1;

/** How long a call may ring, in ms. */
export const ringDurationRange = { min: 1000, max: 300_000 } as const;

const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const name = (max: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(max));
const uid = name(100);
const sessionId = name(100);
const deviceId = name(64);
const id = v.pipe(v.number(), v.integer(), v.minValue(0));
const count = id;

const metadata = v.pipe(
  v.unknown(),
  v.check((value) => (JSON.stringify(value) ?? '').length <= 4096, 'at most 4096 characters of JSON'),
);

/** A device to the server. Each request is answered by one `ack`; each may be sent again without harm. */
export const ringRequest = v.variant('type', [
  v.object({
    type: v.literal('hello'),
    id,
    protocol: v.number(),
    token: text(maxJoinBytes),
    /** The same after a reload, another one on another page. */
    deviceId,
    /** Calls the page believes to be live, to be told what became of them. */
    known: v.pipe(v.array(sessionId), v.maxLength(50)),
    /** Those of them the page takes part in. */
    joined: v.pipe(v.array(sessionId), v.maxLength(50)),
  }),
  v.object({
    type: v.literal('initiate'),
    id,
    /** Chosen by the page: the same request sent twice places one call. */
    key: name(64),
    receiver: v.variant('type', [
      v.object({ type: v.literal('user'), uid }),
      v.object({
        type: v.literal('group'),
        guid: uid,
        name: v.optional(text(100), ''),
        members: v.pipe(v.array(uid), v.maxLength(100)),
      }),
    ]),
    callType: v.picklist(['audio', 'video']),
    ringMs: v.optional(
      v.pipe(v.number(), v.minValue(ringDurationRange.min), v.maxValue(ringDurationRange.max)),
      defaultRingMs,
    ),
    metadata: v.optional(metadata, null),
  }),
  v.object({ type: v.literal('accept'), id, sessionId }),
  /** By the initiator: takes the call back. */
  v.object({ type: v.literal('reject'), id, sessionId, reason: v.picklist(['rejected', 'busy']) }),
  v.object({ type: v.literal('end'), id, sessionId }),
  v.object({ type: v.literal('get-calls'), id }),
  v.object({ type: v.literal('participant-count'), id, sessionId }),
  v.object({ type: v.literal('ping'), id }),
]);

const user = { uid: text(100), name: text(256), avatar: text(maxAvatarLength) };
const legState = v.picklist(['ringing', 'joined', 'rejected', 'busy', 'missed', 'left']);

const ringView = v.object({
  sessionId: text(100),
  revision: count,
  type: v.picklist(['audio', 'video']),
  status: v.picklist(['initiated', 'ongoing', 'unanswered', 'rejected', 'busy', 'cancelled', 'ended']),
  initiator: v.object(user),
  receiver: v.variant('type', [
    v.object({ type: v.literal('user'), uid: text(100) }),
    v.object({ type: v.literal('group'), guid: text(100), name: text(100) }),
  ]),
  parties: v.pipe(v.array(v.object({ ...user, state: legState })), v.readonly()),
  self: v.object({ uid: text(100), state: legState, deviceId: v.nullable(text(64)) }),
  initiatedAt: v.number(),
  answeredAt: v.nullable(v.number()),
  endedAt: v.nullable(v.number()),
  ringsForMs: v.number(),
  by: v.nullable(v.object({ uid: text(100), deviceId: v.nullable(text(64)) })),
  metadata: v.unknown(),
}) satisfies v.GenericSchema<unknown, RingView>;

/** Server to a device. */
export const ringServerMessage = v.variant('type', [
  v.object({ type: v.literal('ack'), id, answer: v.optional(v.unknown()), error: v.optional(failure) }),
  /** A call began or changed: what that means to the page follows from what it knew before. */
  v.object({ type: v.literal('call'), call: ringView }),
  /** The server is about to close the connection; what is not retryable must not be retried. */
  v.object({ type: v.literal('closing'), error: failure }),
]);

const call = v.object({ call: ringView });

/** How each request is answered. */
export const ringAnswers = {
  /** The user the token speaks of, and the calls that concern this page now. */
  hello: v.object({ user: v.object(user), calls: v.array(ringView) }),
  initiate: call,
  accept: call,
  reject: call,
  end: call,
  'get-calls': v.object({ calls: v.array(ringView) }),
  'participant-count': v.object({ count }),
  ping: v.undefined(),
} as const satisfies Record<RingRequestMessage['type'], v.GenericSchema>;

export type RingRequestMessage = v.InferOutput<typeof ringRequest>;
export type RingRequestType = RingRequestMessage['type'];
export type RingServerMessage = v.InferOutput<typeof ringServerMessage>;
export type RingAnswerTo<Type extends RingRequestType> = v.InferOutput<(typeof ringAnswers)[Type]>;

/** A request without its id, as the code that asks writes it. */
export type RingRequest = WithoutId<v.InferInput<typeof ringRequest>>;
type WithoutId<Message> = Message extends unknown ? Omit<Message, 'id'> : never;
