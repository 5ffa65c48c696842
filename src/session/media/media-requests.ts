import { isSameChoice, type MediaChoice } from './media-choice.js';

/** A question to the browser that is not answered yet. */
export interface MediaRequest {
  readonly choice: MediaChoice;
  readonly lifetime: AbortController;
  /** Microphone and camera were asked for at once: either may be what does not answer. */
  readonly shared: boolean;
  /** Its failure was reported already. */
  readonly reported: boolean;
  /** It took too long, or the source was switched off meanwhile: switching it on asks anew. */
  stale: boolean;
  /** The source is shown as off; an answer switches it on all the same. */
  late: boolean;
  timer?: ReturnType<typeof setTimeout>;
}

export type MediaRequestOptions = Partial<Pick<MediaRequest, 'shared' | 'late' | 'reported'>>;

/** The requests of one source; the first that is answered makes the others superfluous. */
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

  /** Whether one is awaited by the user now. */
  hasFresh(): boolean {
    return [...this.#open].some(({ stale }) => !stale);
  }

  /** It is answered; returns whether the answer is still wanted. */
  close(request: MediaRequest): boolean {
    clearTimeout(request.timer);
    return this.#open.delete(request);
  }

  /** An answer that comes later is let go of at once. */
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

  /** The source was switched off: those under way may still be answered, old ones not. */
  retire(): void {
    for (const request of this.#open) {
      if (request.stale) this.forget(request);
      else request.stale = true;
    }
  }
}
