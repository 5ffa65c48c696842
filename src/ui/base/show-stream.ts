import { noChange } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';

/**
 * Gives a media element its stream, once: Lit sets an object at every render, and a media element starts anew at every
 * `srcObject`, even the same.
 */
class ShowStream extends Directive {
  override render(_stream: MediaStream): typeof noChange {
    return noChange;
  }

  override update({ element }: ElementPart, [stream]: [MediaStream]): typeof noChange {
    const media = element as HTMLMediaElement;
    if (media.srcObject !== stream) media.srcObject = stream;
    return noChange;
  }
}

/** `html\`<video ${showStream(stream)}>\`` */
export const showStream = directive(ShowStream);
