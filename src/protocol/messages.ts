import * as v from 'valibot';
import type { Participant, ParticipantState } from '../domain/call/participant.js';
import type { SignalData } from '../domain/signal-data.js';
import { maxAvatarLength } from './token-claims.js';

export { protocolVersion } from './protocol-version.js';

/** Maximum bytes of a message. A session description with four media sections and a data channel has about 10 KiB. */
export const maxMessageBytes = 64 * 1024;

/**
 * Maximum bytes of a `join`. A token made by a backend may contain a whole picture: a `data:` URL of 1 MB makes a
 * token of 1.4 MB. The picture is dropped once the token has been verified.
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

/** The participant that requested video, and the one that accepted last. */
const videoSwitch = v.object({ initiator: id, responder: id });

/** Client to server. Each request has an `id` and is answered by one `ack` with that id. */
export const clientMessage = v.variant('type', [
  v.object({
    type: v.literal('join'),
    id: requestId,
    protocol: v.number(),
    token: text(maxJoinBytes),
    /** The `resume` of an earlier answer, to resume that participant. */
    resume: v.optional(text(2048)),
    /** With `resume`: the completed switch to video, which a restarted server has lost. */
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
  /** Ends the call for all, including the sender. */
  v.object({ type: v.literal('end-session'), id: requestId }),
  v.object({ type: v.literal('leave'), id: requestId }),
]);

const iceServer = v.object({
  urls: v.union([v.string(), v.array(v.string())]),
  username: v.optional(v.string()),
  credential: v.optional(v.string()),
});

/** The answer to `join`: the authoritative state of the call. */
export const joinAnswer = v.object({
  sessionId: text(256),
  self: participant,
  /** The remote participants. */
  participants: v.array(participant),
  /** The completed switch to video, if there was one. */
  switched: v.optional(videoSwitch),
  /** Opaque. A later `join` with it resumes this participant, on any node and after a restart. */
  resume: text(2048),
  /** The transport that carries the media, and the number of its current epoch. */
  transport: v.picklist(['mesh']),
  epoch: count,
  iceServers: v.array(iceServer),
  /** How long (ms) a disconnected participant is kept. */
  graceMs: count,
  /** Differs after a restart of the server, when participants may be missing for a while. */
  serverId: text(64),
});

const signalAnswer = v.object({ delivered: v.boolean() });

/** A newer resume secret, for a participant whose token has expired. */
const pingAnswer = v.optional(v.object({ resume: text(2048) }));

/** An error as it is sent. */
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
    /** The participant that caused it; `null`: the server. */
    by: v.nullable(id),
  }),
  v.object({ type: v.literal('signal'), from: id, epoch: count, data: signalData }),
  /** A participant requests a switch to video. */
  v.object({ type: v.literal('video-requested'), by: id }),
  /** The request was declined or withdrawn, or has become obsolete. */
  v.object({ type: v.literal('video-request-ended') }),
  v.object({ type: v.literal('switched-to-video'), ...videoSwitch.entries }),
  /** The server is about to close the connection. The client must not retry if the failure is not retryable. */
  v.object({ type: v.literal('closing'), error: failure }),
]);

export type ClientMessage = v.InferOutput<typeof clientMessage>;
export type ClientMessageType = ClientMessage['type'];
export type ServerMessage = v.InferOutput<typeof serverMessage>;
/** Messages that are not answers to a request. */
export type ServerPush = Exclude<ServerMessage, { type: 'ack' }>;
export type Ack = Extract<ServerMessage, { type: 'ack' }>;
export type JoinAnswer = v.InferOutput<typeof joinAnswer>;
export type Failure = v.InferOutput<typeof failure>;

/** A request before an id is assigned. */
export type ClientRequest = WithoutId<ClientMessage>;
type WithoutId<Message> = Message extends unknown ? Omit<Message, 'id'> : never;

/** The answers to requests; those that are not listed have no answer beyond the `ack`. */
export const answers = { join: joinAnswer, signal: signalAnswer, ping: pingAnswer } as const;

export type AnswerTo<Type extends ClientMessageType> = Type extends keyof typeof answers
  ? v.InferOutput<(typeof answers)[Type]>
  : undefined;

type Shape<Value> = v.GenericSchema<unknown, Value>;
