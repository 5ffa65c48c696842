import type { Emitter } from '../base/emitter.js';
import type { CallError } from '../domain/call-error.js';
import type { ParticipantState } from '../domain/call/participant.js';
import type { AnswerTo, ClientRequest, JoinAnswer, ServerPush } from '../protocol/messages.js';

export interface SignalingEvents {
  /** A push of the server. */
  message: ServerPush;
  /** The connection was lost; the channel is reconnecting. */
  lost: void;
  /** Reconnected. The answer is the authoritative current state; pushes missed in the gap are not repeated. */
  resumed: JoinAnswer;
  /** The channel is closed for good, with the reason. */
  closed: CallError;
}

/** The requests of a session. The channel itself sends join, ping and leave. */
export type ChannelRequest = Exclude<ClientRequest, { type: 'join' | 'ping' | 'leave' }>;

/** The client's connection to a call server, or to its replacement. Closes when the signal in its options is aborted. */
export interface SignalingChannel {
  readonly events: Emitter<SignalingEvents>;
  /** Joins the call, then rejoins by itself after each lost connection. Rejects with a CallError. */
  join(): Promise<JoinAnswer>;
  /**
   * Resolves with the server's answer, for a delivered signal as late as the next heartbeat. Rejects with a CallError if
   * refused, or CONNECTION_LOST while not joined.
   */
  request<Request extends ChannelRequest>(request: Request): Promise<AnswerTo<Request['type']>>;
  /** Checks at once whether the server can still be reached, and reconnects if not. */
  verify(): void;
  /** Leaves the call and closes the channel. Sends synchronously, so it works while the page unloads. */
  leave(): void;
}

type JoinMedia = NonNullable<Extract<ClientRequest, { type: 'join' }>['media']>;

export interface SignalingOptions {
  /** The current state of the local participant; called for each join. */
  readonly state: () => ParticipantState;
  /** The transport of the call; `undefined` before the first join. A restarted server learns it from the next join. */
  readonly media?: () => JoinMedia | undefined;
  readonly signal: AbortSignal;
}
