import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Box } from '../stage/grid.js';

/**
 * Renders its host whenever the host's inner size changed, in whichever document it is. A padding at its start is a length
 * of the stylesheet's that is measured with it, and not taken off.
 */
export class SizeController implements ReactiveController {
  size: Box & { readonly padding: number } = { width: 0, height: 0, padding: 0 };
  #observer: ResizeObserver | undefined;
  readonly #host: ReactiveControllerHost & Element;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    // The observer of a window that is hidden, such as the one behind a picture-in-picture window, sleeps.
    const { ResizeObserver, requestAnimationFrame } = this.#host.ownerDocument.defaultView ?? globalThis;
    this.#observer = new ResizeObserver(([entry]) => {
      // Drawn at once, a host that was drawn before and then has another height would be an error of the page: "ResizeObserver loop".
      if (!entry) return;
      if (this.size.width === 0) this.#read(entry.contentRect);
      else requestAnimationFrame(() => this.#read(entry.contentRect));
    });
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
  }

  #read({ width, height: inner, top: padding }: DOMRectReadOnly): void {
    const height = inner + padding;
    const { size } = this;
    if (width === size.width && height === size.height && padding === size.padding) return;
    this.size = { width, height, padding };
    this.#host.requestUpdate();
  }
}
