import * as v from 'valibot';
import { defaultRingMs } from '../domain/ring/ring-call.js';
import type { RingView } from '../domain/ring/ring-view.js';
import { count, failure, maxJoinBytes, text } from './messages.js';
import { maxAvatarLength } from './tokens/token-claims.js';

/** Must be equal on client and server. Incremented when the meaning of a ring message changes. */
export const ringProtocolVersion = 1;

/** The range of a call's ringing time (ms). */
export const ringDurationRange = { min: 1000, max: 300_000 } as const;

const name = (max: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(max));
const uid = name(100);
const sessionId = name(100);
const deviceId = name(64);
const id = count;

const metadata = v.pipe(
  v.unknown(),
  v.check((value) => (JSON.stringify(value) ?? '').length <= 4096, 'at most 4096 characters of JSON'),
);

/** Device to server. Each request is answered by one `ack`, and may be sent again without side effects. */
export const ringRequest = v.variant('type', [
  v.object({
    type: v.literal('hello'),
    id,
    protocol: v.number(),
    token: text(maxJoinBytes),
    /** Unchanged after a reload; different on each page. */
    deviceId,
    /** The calls that the page believes to be live; the answer includes their outcome. */
    known: v.pipe(v.array(sessionId), v.maxLength(50)),
    /** Those of them that the page takes part in. */
    joined: v.pipe(v.array(sessionId), v.maxLength(50)),
  }),
  v.object({
    type: v.literal('initiate'),
    id,
    /** Idempotency key, chosen by the page: a repeated request places only one call. */
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
  /** From the initiator: cancels the call. */
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
  /** A new or changed call. The page derives the event from the previous view. */
  v.object({ type: v.literal('call'), call: ringView }),
  /** The server is about to close the connection. The client must not retry if the failure is not retryable. */
  v.object({ type: v.literal('closing'), error: failure }),
]);

const call = v.object({ call: ringView });

/** The answers to requests. */
export const ringAnswers = {
  /** The user in the token, and the calls that concern this page now. */
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

/** A request before an id is assigned. */
export type RingRequest = WithoutId<v.InferInput<typeof ringRequest>>;
type WithoutId<Message> = Message extends unknown ? Omit<Message, 'id'> : never;
