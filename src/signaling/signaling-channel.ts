import type { Emitter } from '../base/emitter.js';
import type { CallError } from '../domain/call-error.js';
import type { ParticipantState } from '../domain/call/participant.js';
import type { AnswerTo, ClientRequest, JoinAnswer, ServerPush } from '../protocol/messages.js';

export interface SignalingEvents {
  /** Something the server says unasked. */
  message: ServerPush;
  /** The connection broke; it is being restored. */
  lost: void;
  /** It is back, with the authoritative picture of now: whatever was said meanwhile is in it, or gone. */
  resumed: JoinAnswer;
  /** It is closed for good. */
  closed: CallError;
}

/** What a participant may ask; the rest is the channel's own business. */
export type ChannelRequest = Exclude<ClientRequest, { type: 'join' | 'ping' | 'leave' }>;

/** The way to the server, or to what stands in for one. Ends when the signal it was made with is aborted. */
export interface SignalingChannel {
  readonly events: Emitter<SignalingEvents>;
  /** Joins the call. Afterwards the channel stays joined through every gap by itself. Rejects with a CallError. */
  join(): Promise<JoinAnswer>;
  /** Resolves with the server's answer; rejects with a CallError when it refuses, or cannot be asked now. */
  request<Request extends ChannelRequest>(request: Request): Promise<AnswerTo<Request['type']>>;
  /** Tells the others at once, also while the page is being unloaded. */
  leave(): void;
}

export interface SignalingOptions {
  /** What this participant is now; asked at every join. */
  readonly state: () => ParticipantState;
  readonly signal: AbortSignal;
}
