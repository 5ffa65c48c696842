import * as v from 'valibot';
import type { Participant, ParticipantState } from '../domain/call/participant.js';
import type { SignalData } from '../domain/signal-data.js';
import { maxAvatarLength } from './token-claims.js';

export { protocolVersion } from './protocol-version.js';

/** Bytes; a session description with its four media sections and a data channel needs about 10 KiB. */
export const maxMessageBytes = 64 * 1024;

/**
 * Bytes of a `join`. It carries a token that a backend has made, perhaps with a whole picture in it: a `data:` URL of
 * 1 MB makes a token of 1.4 MB. The picture is dropped once the token has been verified.
 */
export const maxJoinBytes = 4 * 1024 * 1024;

const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const requestId = count;

const participantStateEntries = {
  audioMuted: v.boolean(),
  videoPaused: v.boolean(),
  screenSharing: v.boolean(),
  recording: v.boolean(),
  handRaisedAt: v.nullable(v.number()),
  cameraBlack: v.optional(v.boolean()),
};

const participantState = v.object(participantStateEntries) satisfies Shape<ParticipantState>;

const participant = v.object({
  id,
  uid: text(256),
  name: text(256),
  avatar: text(maxAvatarLength),
  order: count,
  joinedAt: v.number(),
  connection: v.picklist(['connected', 'reconnecting']),
  ...participantStateEntries,
}) satisfies Shape<Participant>;

const signalData = v.variant('type', [
  v.object({ type: v.picklist(['offer', 'answer']), sdp: text(32 * 1024) }),
  v.object({
    type: v.literal('candidate'),
    candidate: v.object({
      candidate: text(2048),
      sdpMid: v.nullish(text(64)),
      sdpMLineIndex: v.nullish(count),
      usernameFragment: v.nullish(text(256)),
    }),
  }),
  v.object({ type: v.literal('rebuild') }),
]) satisfies Shape<SignalData>;

/** Who asked for video, and who agreed last. */
const videoSwitch = v.object({ initiator: id, responder: id });

/** Client to server. Every request has an `id` and gets one `ack` with it. */
export const clientMessage = v.variant('type', [
  v.object({
    type: v.literal('join'),
    id: requestId,
    protocol: v.number(),
    token: text(maxJoinBytes),
    /** The `resume` of an earlier answer: takes the same place in the call again. */
    resume: v.optional(text(2048)),
    /** With `resume`: how the voice call became a video call. A server that was restarted has forgotten it. */
    switched: v.optional(videoSwitch),
    state: participantState,
  }),
  v.object({ type: v.literal('signal'), id: requestId, to: id, epoch: count, data: signalData }),
  v.object({ type: v.literal('update'), id: requestId, changes: v.partial(participantState) }),
  v.object({
    type: v.literal('mute-participant'),
    id: requestId,
    participantId: id,
    source: v.picklist(['microphone', 'camera']),
  }),
  v.object({ type: v.literal('request-video'), id: requestId }),
  v.object({ type: v.literal('answer-video'), id: requestId, accept: v.boolean() }),
  v.object({ type: v.literal('ping'), id: requestId }),
  /** Ends the call for everybody; the one who asks has left with it. */
  v.object({ type: v.literal('end-session'), id: requestId }),
  v.object({ type: v.literal('leave'), id: requestId }),
]);

const iceServer = v.object({
  urls: v.union([v.string(), v.array(v.string())]),
  username: v.optional(v.string()),
  credential: v.optional(v.string()),
});

/** What a `join` is answered with: the authoritative picture of the call. */
export const joinAnswer = v.object({
  sessionId: text(256),
  self: participant,
  /** The others. */
  participants: v.array(participant),
  /** How the voice call became a video call, if it did. */
  switched: v.optional(videoSwitch),
  /** Opaque; a later `join` with it resumes this participant, on any node and after a restart. */
  resume: text(2048),
  /** Which transport carries the media, and since which change of it. */
  transport: v.picklist(['mesh']),
  epoch: count,
  iceServers: v.array(iceServer),
  /** ms a participant whose connection broke is waited for. */
  graceMs: count,
  /** Another one than before: the server was restarted, and participants may be missing for a while. */
  serverId: text(64),
});

const signalAnswer = v.object({ delivered: v.boolean() });

/** A newer resume secret, for a member whose token has expired. */
const pingAnswer = v.optional(v.object({ resume: text(2048) }));

/** An error as it travels. */
export const failure = v.object({ code: text(64), message: text(1024), details: v.optional(v.unknown()) });

/** Server to client. */
export const serverMessage = v.variant('type', [
  v.object({
    type: v.literal('ack'),
    id: requestId,
    answer: v.optional(v.unknown()),
    error: v.optional(failure),
  }),
  v.object({ type: v.literal('participant-joined'), participant }),
  v.object({ type: v.literal('participant-left'), participantId: id }),
  v.object({
    type: v.literal('participant-updated'),
    participantId: id,
    changes: v.partial(
      v.object({ ...participantStateEntries, connection: v.picklist(['connected', 'reconnecting']) }),
    ),
    /** Who caused it; `null`: the server saw it. */
    by: v.nullable(id),
  }),
  v.object({ type: v.literal('signal'), from: id, epoch: count, data: signalData }),
  /** Somebody asks everybody to make the audio call a video call. */
  v.object({ type: v.literal('video-requested'), by: id }),
  /** The request was declined, withdrawn or overtaken. */
  v.object({ type: v.literal('video-request-ended') }),
  v.object({ type: v.literal('switched-to-video'), ...videoSwitch.entries }),
  /** The server is about to close the connection; what is not retryable must not be retried. */
  v.object({ type: v.literal('closing'), error: failure }),
]);

export type ClientMessage = v.InferOutput<typeof clientMessage>;
export type ClientMessageType = ClientMessage['type'];
export type ServerMessage = v.InferOutput<typeof serverMessage>;
/** What the server says unasked. */
export type ServerPush = Exclude<ServerMessage, { type: 'ack' }>;
export type Ack = Extract<ServerMessage, { type: 'ack' }>;
export type JoinAnswer = v.InferOutput<typeof joinAnswer>;
export type Failure = v.InferOutput<typeof failure>;

/** A request without its id: what the code that asks writes. */
export type ClientRequest = WithoutId<ClientMessage>;
type WithoutId<Message> = Message extends unknown ? Omit<Message, 'id'> : never;

/** How each request is answered; requests that are not listed are answered with nothing. */
export const answers = { join: joinAnswer, signal: signalAnswer, ping: pingAnswer } as const;

export type AnswerTo<Type extends ClientMessageType> = Type extends keyof typeof answers
  ? v.InferOutput<(typeof answers)[Type]>
  : undefined;

type Shape<Value> = v.GenericSchema<unknown, Value>;
