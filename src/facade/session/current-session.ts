import { Emitter } from '../../base/emitter.js';
import type { CallFailure } from '../../domain/call-error.js';
import {
  callEvent,
  type CallEvent,
  type CallEventListener,
  type CallEventName,
} from '../../domain/call/call-events.js';
import type { CometChatCall } from '../../element/cometchat-call.js';
import type { CallSettings as ElementSettings } from '../../settings/setting-rows.js';
import { CallListeners } from './call-listeners.js';
import { layoutMode } from '../settings/layout-mode.js';

export interface SessionOptions {
  readonly token: string;
  /** Empty: the token's issuer. */
  readonly serverUrl: string;
  readonly settings: Partial<ElementSettings>;
  /** Text in place of the built-in words, by CometChat's keys. */
  readonly localizedStrings: CometChatCall['localizedStrings'];
  readonly container: HTMLElement;
  /** Heard after the listeners that were added by id. */
  readonly listener: CallEventListener | undefined;
  /** v5: the end-call button ends the call, even if there are listeners. */
  readonly endsOnButton?: boolean;
}

/** Which session was asked for last. */
export interface Turn {
  /** Another number than before: a session was started or ended meanwhile. */
  generation: number;
}

/** The call that the SDK's static methods control. CometChat has one session at a time. */
export class CurrentSession {
  readonly listeners = new CallListeners();
  /** Everything that happens in the call, and that the application left or replaced it. */
  readonly events = new Emitter<{ event: CallEvent; ended: void }>();
  readonly #last: Turn;
  #element: CometChatCall | undefined;
  #listener: CallEventListener | undefined;
  #lifetime = new AbortController();

  constructor(last: Turn) {
    this.#last = last;
  }

  /** The element of the call, while there is one. */
  get element(): CometChatCall | undefined {
    return this.#element;
  }

  /** Shows the call in the container, in place of what was there, and joins it. */
  start(options: SessionOptions): void {
    const { token, serverUrl, settings, localizedStrings, container, listener, endsOnButton } = options;
    this.end();
    this.#lifetime = new AbortController();
    const { signal } = this.#lifetime;
    // By its name: the class may be that of another copy of this bundle on the page.
    const element: CometChatCall = Object.assign(document.createElement('cometchat-call'), settings, {
      localizedStrings,
      serverUrl,
      token,
    });
    const onEvent = (event: CallEvent): void => {
      this.events.emit('event', event);
      // The file of a recording is complete only after the call.
      if (!signal.aborted || event.name === 'onRecordingAvailable') this.listeners.notify(event, listener);
    };
    element.callEvents.on('event', onEvent, { signal: new AbortController().signal });
    element.addEventListener(
      'cometchat-call-end-button-pressed',
      (event) => {
        event.preventDefault();
        // With a listener, the application ends the call, as CometChat documents; without one, the button ends it.
        if (endsOnButton || !this.#hasListener('onCallEndButtonPressed', listener)) this.end();
      },
      { signal },
    );
    this.#element = element;
    this.#listener = listener;
    container.replaceChildren(element);
  }

  /** Changes the layout; what is the name of none is ignored. */
  setMode(mode: string): void {
    const layout = layoutMode(mode);
    if (layout) this.#element?.setMode(layout);
  }

  /** Tells the listeners of a failure that the element knows nothing of. Does nothing outside a call. */
  fail(error: CallFailure): void {
    if (!this.#element) return;
    const event = callEvent('onError', error);
    this.events.emit('event', event);
    this.listeners.notify(event, this.#listener);
  }

  /** Leaves the call and empties its container. Does nothing when there is none. */
  end(): void {
    this.#last.generation += 1;
    const element = this.#element;
    this.#element = undefined;
    element?.endSession();
    element?.remove();
    this.#lifetime.abort();
    this.events.emit('ended', undefined);
  }

  #hasListener(name: CallEventName, listener: CallEventListener | undefined): boolean {
    return this.listeners.hasListener(name, listener);
  }
}
