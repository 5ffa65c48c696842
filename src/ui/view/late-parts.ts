import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import { announceLoadFailure } from '../base/load-failure.js';
import type { Words } from '../words/words.js';

/** ms until a part that is still wanted is tried again, and for which a failure is shown. */
const pause = 5000;
const shownFor = 10_000;

/**
 * Loads the parts of an interface that most calls do without. Where that fails, the call goes on without them. What the user
 * pressed for is tried again at the next press, and a hint says that it did not load: drawn by code that is here already, as
 * nothing else may load either.
 */
export class LateParts implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  /** Loaded, being loaded, or not to be tried again yet. */
  readonly #begun = new Set<string>();
  readonly #failed = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** To be called at each update while the part is wanted; `load` is a `loadChunk`. `giveUp`: the user asked for it, and is to ask again. */
  want(chunk: string, load: () => Promise<unknown>, giveUp?: () => void): void {
    if (this.#begun.has(chunk)) return;
    this.#begun.add(chunk);
    const again = (): void => {
      this.#begun.delete(chunk);
      this.#host.requestUpdate();
    };
    load().then(
      () => this.#host.requestUpdate(),
      (error: unknown) => {
        if (giveUp || !this.#failed.has(chunk)) announceLoadFailure(this.#host, error);
        this.#failed.add(chunk);
        if (giveUp) {
          this.#begun.delete(chunk);
          giveUp();
        } else setTimeout(again, pause);
      },
    );
  }

  /** Whether loading the part has failed, at least once. */
  hasFailed(chunk: string): boolean {
    return this.#failed.has(chunk);
  }

  /** Says for a while that something did not load. */
  showFailure(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#host.requestUpdate();
    }, shownFor);
    this.#host.requestUpdate();
  }

  render(words: Words): TemplateResult | typeof nothing {
    return this.#timer
      ? html`<div part="notice" class="hint" role="alert">${words.failedLOADING()}</div>`
      : nothing;
  }
}
