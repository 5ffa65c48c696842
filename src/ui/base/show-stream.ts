import { noChange, type LitElement, type ReactiveController } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';

/**
 * Gives a media element its stream, once: Lit sets an object at every render, and a media element starts anew at every
 * `srcObject`, even the same. Takes it back when the media element leaves the document: Chromium never frees one that
 * loads a stream that has ended, nor the call around it.
 */
class ShowStream extends Directive implements ReactiveController {
  #host: LitElement | undefined;
  #media!: HTMLMediaElement;
  #stream!: MediaStream;

  override render(_stream: MediaStream): typeof noChange {
    return noChange;
  }

  override update({ element, options }: ElementPart, [stream]: [MediaStream]): typeof noChange {
    this.#stream = stream;
    this.#media = element as HTMLMediaElement;
    this.#host ??= options?.host as LitElement;
    this.#host.addController(this);
    return noChange;
  }

  hostConnected(): void {
    const stream = this.#media.isConnected ? this.#stream : null;
    if (this.#media.srcObject !== stream) this.#media.srcObject = stream;
  }

  hostDisconnected(): void {
    // What only moves is back by then.
    queueMicrotask(() => this.hostConnected());
  }

  hostUpdated(): void {
    this.hostConnected();
    if (this.#host?.isConnected && !this.#media.isConnected) this.#host.removeController(this);
  }
}

/** `html\`<video ${showStream(stream)}>\`` */
export const showStream = directive(ShowStream);
