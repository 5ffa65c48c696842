import type { ParticipantId } from '../../domain/call/participant.js';
import type { ServerPush } from '../../protocol/messages.js';
import type { PostToTabs, TabMessage } from './tab-messages.js';
import type { TabRoster } from './tab-roster.js';

interface VideoConsentOptions {
  readonly roster: TabRoster;
  readonly post: PostToTabs;
  readonly emit: (push: ServerPush) => void;
}

type VideoMessage = Extract<
  TabMessage,
  { type: 'video-requested' | 'video-answer' | 'video-request-ended' | 'switched-to-video' }
>;

/** Negotiates the switch to video without a server. The requester collects the answers; all participants must accept. */
export class VideoConsent {
  readonly #options: VideoConsentOptions;
  #request: { readonly by: ParticipantId; readonly pending: Set<ParticipantId> } | undefined;
  #responder: ParticipantId;

  constructor(options: VideoConsentOptions) {
    this.#options = options;
    this.#responder = options.roster.self;
  }

  request(): void {
    const { roster, post } = this.#options;
    // Requesting while another request is open accepts that one.
    if (this.#request && this.#request.by !== roster.self) return this.answer(true);
    this.#request = { by: roster.self, pending: new Set(roster.others().map(({ id }) => id)) };
    this.#responder = roster.self;
    post(null, { type: 'video-requested', by: roster.self });
    this.#checkComplete();
  }

  answer(accept: boolean): void {
    if (this.#request && this.#request.by !== this.#selfId)
      this.#options.post(this.#request.by, { type: 'video-answer', accept });
  }

  receive(from: ParticipantId, message: VideoMessage): void {
    switch (message.type) {
      case 'video-requested':
        return this.#requested(from, message);
      case 'video-answer':
        return this.#answered(from, message.accept);
      case 'video-request-ended':
      case 'switched-to-video':
        if (this.#request?.by === from) this.#settle(message);
    }
  }

  participantLeft(id: ParticipantId): void {
    if (!this.#request) return;
    if (this.#request.by === id) return this.#settle({ type: 'video-request-ended' });
    if (!this.#request.pending.delete(id)) return;
    const isUnanswered = this.#request.pending.size === 0 && this.#responder === this.#selfId;
    if (isUnanswered) this.#broadcast({ type: 'video-request-ended' });
    else this.#checkComplete();
  }

  #requested(from: ParticipantId, message: ServerPush): void {
    const { emit, post } = this.#options;
    const isLocal = this.#request?.by === this.#selfId;
    // Of two requests made at the same time, the one of the earlier participant counts.
    if (this.#request && !this.#isEarlier(from, this.#request.by))
      return isLocal ? this.#answered(from, true) : undefined;
    this.#request = { by: from, pending: new Set() };
    if (isLocal) post(from, { type: 'video-answer', accept: true });
    else emit(message);
  }

  #answered(from: ParticipantId, accept: boolean): void {
    if (this.#request?.by !== this.#selfId || !this.#request.pending.delete(from)) return;
    if (!accept) return this.#broadcast({ type: 'video-request-ended' });
    this.#responder = from;
    this.#checkComplete();
  }

  #checkComplete(): void {
    if (this.#request?.pending.size !== 0) return;
    const [initiator, responder] = [this.#selfId, this.#responder];
    this.#broadcast({ type: 'switched-to-video', initiator, responder });
  }

  #broadcast(outcome: Extract<VideoMessage, ServerPush>): void {
    this.#options.post(null, outcome);
    this.#settle(outcome);
  }

  #isEarlier(id: ParticipantId, other: ParticipantId): boolean {
    const { roster } = this.#options;
    return (roster.get(id)?.order ?? Infinity) < (roster.get(other)?.order ?? Infinity);
  }

  get #selfId(): ParticipantId {
    return this.#options.roster.self;
  }

  #settle(outcome: Extract<VideoMessage, ServerPush>): void {
    this.#request = undefined;
    this.#options.emit(outcome);
  }
}
