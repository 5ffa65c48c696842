import type { ParticipantId } from '../domain/participant.js';
import type { ServerPush } from '../protocol/messages.js';
import type { PostToTabs, TabMessage } from './tab-notes.js';
import type { TabRoster } from './tab-roster.js';

interface VideoConsentOptions {
  readonly roster: TabRoster;
  readonly post: PostToTabs;
  readonly tell: (push: ServerPush) => void;
}

type VideoMessage = Extract<
  TabMessage,
  { type: 'video-requested' | 'video-answer' | 'video-request-ended' | 'switched-to-video' }
>;

/** Agrees without a server on switching to video: whoever asks counts the answers, and all others must accept. */
export class VideoConsent {
  readonly #options: VideoConsentOptions;
  #request: { readonly by: ParticipantId; readonly missing: Set<ParticipantId> } | undefined;
  #responder: ParticipantId;

  constructor(options: VideoConsentOptions) {
    this.#options = options;
    this.#responder = options.roster.self;
  }

  ask(): void {
    const { roster, post } = this.#options;
    // Two who want the same need not ask each other.
    if (this.#request && this.#request.by !== roster.self) return this.answer(true);
    this.#request = { by: roster.self, missing: new Set(roster.others().map(({ id }) => id)) };
    this.#responder = roster.self;
    post(null, { type: 'video-requested', by: roster.self });
    this.#count();
  }

  answer(accept: boolean): void {
    if (this.#request && this.#request.by !== this.#self)
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

  left(id: ParticipantId): void {
    if (!this.#request) return;
    if (this.#request.by === id) return this.#settle({ type: 'video-request-ended' });
    if (!this.#request.missing.delete(id)) return;
    const nobody = this.#request.missing.size === 0 && this.#responder === this.#self;
    if (nobody) this.#announce({ type: 'video-request-ended' });
    else this.#count();
  }

  #requested(from: ParticipantId, message: ServerPush): void {
    const { tell, post } = this.#options;
    const mine = this.#request?.by === this.#self;
    // Of two requests made at the same time, the one of the earlier participant counts.
    if (this.#request && !this.#isEarlier(from, this.#request.by))
      return mine ? this.#answered(from, true) : undefined;
    this.#request = { by: from, missing: new Set() };
    if (mine) post(from, { type: 'video-answer', accept: true });
    else tell(message);
  }

  #answered(from: ParticipantId, accept: boolean): void {
    if (this.#request?.by !== this.#self || !this.#request.missing.delete(from)) return;
    if (!accept) return this.#announce({ type: 'video-request-ended' });
    this.#responder = from;
    this.#count();
  }

  #count(): void {
    if (this.#request?.missing.size !== 0) return;
    const [initiator, responder] = [this.#self, this.#responder];
    this.#announce({ type: 'switched-to-video', initiator, responder });
  }

  #announce(outcome: Extract<VideoMessage, ServerPush>): void {
    this.#options.post(null, outcome);
    this.#settle(outcome);
  }

  #isEarlier(id: ParticipantId, than: ParticipantId): boolean {
    const { roster } = this.#options;
    return (roster.get(id)?.order ?? Infinity) < (roster.get(than)?.order ?? Infinity);
  }

  get #self(): ParticipantId {
    return this.#options.roster.self;
  }

  #settle(outcome: Extract<VideoMessage, ServerPush>): void {
    this.#request = undefined;
    this.#options.tell(outcome);
  }
}
