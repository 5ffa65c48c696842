import type { CallFailure } from '../domain/call-error.js';
import {
  callEvent,
  type CallEvent,
  type CallEventListener,
  type CallEventName,
} from '../domain/call-events.js';
import { CometChatCall } from '../element/cometchat-call.js';
import type { CallSettings as ElementSettings } from '../settings/setting-rows.js';
import { CallListeners } from './call-listeners.js';

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
}

/** The one call that the SDK's static methods speak of. CometChat has one session at a time. */
export class CurrentSession {
  readonly listeners = new CallListeners();
  #element: CometChatCall | undefined;
  #listener: CallEventListener | undefined;
  #life = new AbortController();

  /** The element of the call, while there is one. */
  get element(): CometChatCall | undefined {
    return this.#element;
  }

  /** Shows the call in the container, in place of what was there, and joins it. */
  start({ token, serverUrl, settings, localizedStrings, container, listener }: SessionOptions): void {
    this.end();
    this.#life = new AbortController();
    const { signal } = this.#life;
    const element = Object.assign(new CometChatCall(), settings, { localizedStrings, serverUrl, token });
    const hear = (event: CallEvent): void => {
      // The file of a recording is complete only after the call.
      if (!signal.aborted || event.name === 'onRecordingAvailable') this.listeners.tell(event, listener);
    };
    element.callEvents.on('event', hear, { signal: new AbortController().signal });
    element.addEventListener(
      'cometchat-call-end-button-pressed',
      (event) => {
        event.preventDefault();
        // Ending is the application's decision, as CometChat's documents say; one that does not listen wants it done.
        if (!this.#isHeard('onCallEndButtonPressed', listener)) this.end();
      },
      { signal },
    );
    this.#element = element;
    this.#listener = listener;
    container.replaceChildren(element);
  }

  /** Tells the listeners of a failure that the element knows nothing of. Does nothing outside a call. */
  fail(error: CallFailure): void {
    if (this.#element) this.listeners.tell(callEvent('onError', error), this.#listener);
  }

  /** Leaves the call and empties its container. Does nothing when there is none. */
  end(): void {
    const element = this.#element;
    this.#element = undefined;
    element?.endSession();
    element?.remove();
    this.#life.abort();
  }

  #isHeard(name: CallEventName, listener: CallEventListener | undefined): boolean {
    return this.listeners.hears(name, listener);
  }
}
