import * as v from 'valibot';
import type { Participant, ParticipantState } from '../domain/call/participant.js';
import type { KeySignal, SignalData } from '../domain/signal-data.js';
import type { TransportGrant } from '../domain/call/transport-grant.js';
import { maxJoinBytes, maxSdpLength } from './message-limits.js';
import { maxAvatarLength } from './tokens/token-claims.js';

export { maxJoinBytes, maxMessageBytes, maxSdpLength } from './message-limits.js';
export { protocolVersion } from './protocol-version.js';

export const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const requestId = count;

const participantStateEntries = {
  audioMuted: v.boolean(),
  videoPaused: v.boolean(),
  screenSharing: v.boolean(),
  recording: v.boolean(),
  handRaisedAt: v.nullable(v.number()),
  cameraBlack: v.optional(v.boolean()),
  isPresenter: v.optional(v.boolean()),
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

const iceCandidate = v.object({
  candidate: text(2048),
  sdpMid: v.nullish(text(64)),
  sdpMLineIndex: v.nullish(count),
});

const signalData = v.variant('type', [
  v.object({ type: v.picklist(['offer', 'answer']), sdp: text(maxSdpLength) }),
  v.object({ type: v.literal('candidates'), candidates: v.pipe(v.array(iceCandidate), v.maxLength(100)) }),
  v.object({ type: v.picklist(['rebuild', 'restart']) }),
  v.object({
    type: v.literal('key'),
    key: text(128),
    generation: count,
    has: count,
    wrapped: v.optional(text(256)),
  }),
]) satisfies Shape<SignalData | KeySignal>;

/** The participant that requested video, and the one that accepted last. */
const videoSwitch = v.object({ initiator: id, responder: id });

/** Client to server, handled in order. Each request has an `id` and is answered by one `ack` with that id; a signal can ask for less. */
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
    /** With `resume`: the transport of the call, which a restarted server has lost. */
    media: v.optional(v.object({ transport: v.picklist(['mesh', 'sfu']), generation: count })),
    state: participantState,
  }),
  v.object({
    type: v.literal('signal'),
    id: requestId,
    /** Send an `ack` only if it cannot be delivered: the `ack` of any later request confirms it. */
    ack: v.optional(v.literal('on-failure')),
    to: id,
    epoch: count,
    data: signalData,
  }),
  v.object({ type: v.literal('update'), id: requestId, changes: v.partial(participantState) }),
  v.object({
    type: v.literal('mute-participant'),
    id: requestId,
    participantId: id,
    source: v.picklist(['microphone', 'camera']),
  }),
  /** The media of a participant whose connection the server has lost still arrives: it must not be removed. */
  v.object({ type: v.literal('vouch'), id: requestId, participantId: id }),
  v.object({ type: v.literal('request-video'), id: requestId }),
  v.object({ type: v.literal('answer-video'), id: requestId, accept: v.boolean() }),
  v.object({ type: v.literal('ping'), id: requestId }),
  /** Asks for the current transport: after `transport-changed`, or because a credential has expired. */
  v.object({ type: v.literal('get-transport'), id: requestId }),
  /** The client receives all media through the transport of that generation. */
  v.object({ type: v.literal('transport-ready'), id: requestId, generation: count }),
  /** Ends the call for all, including the sender. */
  v.object({ type: v.literal('end-session'), id: requestId }),
  v.object({ type: v.literal('leave'), id: requestId }),
]);

const iceServer = v.object({
  urls: v.union([v.string(), v.array(v.string())]),
  username: v.optional(v.string()),
  credential: v.optional(v.string()),
});

const meshGrantEntries = { transport: v.literal('mesh'), iceServers: v.array(iceServer) };
const sfuGrantEntries = { transport: v.literal('sfu'), url: text(2048), token: text(4096) };

/** Increases whenever the call changes its transport. */
const generation = count;

/** The transport that carries the media now, and what this participant needs for it. */
const transportAnswer = v.variant('transport', [
  v.object({ generation, ...meshGrantEntries }),
  v.object({ generation, ...sfuGrantEntries }),
]) satisfies Shape<TransportGrant & { readonly generation: number }>;

const joinAnswerEntries = {
  sessionId: text(256),
  self: participant,
  /** The remote participants. */
  participants: v.array(participant),
  /** The completed switch to video, if there was one. */
  switched: v.optional(videoSwitch),
  /** Opaque. A later `join` with it resumes this participant, on any node and after a restart. */
  resume: text(2048),
  generation,
  /** How long (ms) a disconnected participant is kept. */
  graceMs: count,
  /** Differs after a restart of the server, when participants may be missing for a while. */
  serverId: text(64),
};

/** The answer to `join`: the authoritative state of the call. */
export const joinAnswer = v.variant('transport', [
  v.object({ ...joinAnswerEntries, ...meshGrantEntries }),
  v.object({ ...joinAnswerEntries, ...sfuGrantEntries }),
]);

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
  /**
   * The call moves to another transport, or, with the current generation, its credentials expire soon. The client asks for it with
   * `get-transport`, and keeps the old one for now.
   */
  v.object({ type: v.literal('transport-changed'), generation: count }),
  /** Everyone receives all media through the transport of that generation: older ones can be closed. */
  v.object({ type: v.literal('transport-settled'), generation: count }),
  /** The server is about to close the connection. The client must not retry if the failure is not retryable. */
  v.object({ type: v.literal('closing'), error: failure }),
]);

export type ClientMessage = v.InferOutput<typeof clientMessage>;
export type ClientMessageType = ClientMessage['type'];
export type ServerMessage = v.InferOutput<typeof serverMessage>;
/** Messages that are not answers to a request. */
export type ServerPush = Exclude<ServerMessage, { type: 'ack' }>;
export type Ack = Extract<ServerMessage, { type: 'ack' }>;
export type TransportAnswer = v.InferOutput<typeof transportAnswer>;
export type JoinAnswer = v.InferOutput<typeof joinAnswer>;
export type Failure = v.InferOutput<typeof failure>;

/** A request before an id is assigned. */
export type ClientRequest = WithoutId<ClientMessage>;
type WithoutId<Message> = Message extends unknown ? Omit<Message, 'id'> : never;

/** The answers to requests; those that are not listed have no answer beyond the `ack`. */
export const answers = {
  join: joinAnswer,
  signal: signalAnswer,
  ping: pingAnswer,
  'get-transport': transportAnswer,
} as const;

export type AnswerTo<Type extends ClientMessageType> = Type extends keyof typeof answers
  ? v.InferOutput<(typeof answers)[Type]>
  : undefined;

type Shape<Value> = v.GenericSchema<unknown, Value>;
