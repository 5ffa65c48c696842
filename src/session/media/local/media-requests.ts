import { isSameChoice, type MediaChoice } from './media-choice.js';

/** A `getUserMedia` request that the browser has not answered yet. */
export interface MediaRequest {
  readonly choice: MediaChoice;
  readonly lifetime: AbortController;
  /** The request covers microphone and camera; either may be the one that hangs. */
  readonly shared: boolean;
  /** The failure was already reported. */
  readonly reported: boolean;
  /** Overdue, or the source was turned off since: turning it on makes a new request. */
  stale: boolean;
  /** Overdue and shown as off; a late answer still turns the source on. */
  late: boolean;
  timer?: ReturnType<typeof setTimeout>;
}

export type MediaRequestOptions = Partial<Pick<MediaRequest, 'shared' | 'late' | 'reported'>>;

/** The open requests of one source. The first successful answer cancels the others. */
export class MediaRequests {
  readonly #open = new Set<MediaRequest>();

  get size(): number {
    return this.#open.size;
  }

  add(
    choice: MediaChoice,
    { shared = false, late = false, reported = false }: MediaRequestOptions,
  ): MediaRequest {
    const request = { choice, lifetime: new AbortController(), shared, late, reported, stale: late };
    this.#open.add(request);
    return request;
  }

  has(request: MediaRequest): boolean {
    return this.#open.has(request);
  }

  /** Whether a request is neither overdue nor cancelled by turning the source off. */
  hasFresh(): boolean {
    return [...this.#open].some(({ stale }) => !stale);
  }

  /** Removes an answered request; returns whether the answer is still wanted. */
  close(request: MediaRequest): boolean {
    clearTimeout(request.timer);
    return this.#open.delete(request);
  }

  /** Aborts a request: a track that arrives later is stopped at once. */
  forget(request: MediaRequest): void {
    this.close(request);
    request.lifetime.abort();
  }

  forgetAll(): void {
    for (const request of this.#open) this.forget(request);
  }

  forgetOthers(choice: MediaChoice): void {
    for (const request of this.#open) if (!isSameChoice(request.choice, choice)) this.forget(request);
  }

  /** The source was turned off: fresh requests may still be answered, stale ones are aborted. */
  retire(): void {
    for (const request of this.#open) {
      if (request.stale) this.forget(request);
      else request.stale = true;
    }
  }
}
