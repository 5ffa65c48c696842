import { runSafely } from '../base/emitter.js';
import type { CallEvent, CallEventListener, CallEventName } from '../domain/call-events.js';

/** Hears what happens in a call. A plain object with the same methods serves as well. */
export class OngoingCallListener {
  constructor(listener: CallEventListener = {}) {
    Object.assign(this, listener);
  }
}
export interface OngoingCallListener extends CallEventListener {}

/** The listeners that an application added by id. The same id again replaces the listener. */
export class CallListeners {
  readonly #added = new Map<string, CallEventListener>();

  add(id: string, listener: CallEventListener): void {
    this.#added.set(id, listener);
  }

  remove(id: string): void {
    this.#added.delete(id);
  }

  /** Whether anybody would hear the event. */
  hears(name: CallEventName, last: CallEventListener | undefined): boolean {
    return this.#inOrder(last).some((listener) => typeof listener[name] === 'function');
  }

  /** The added ones first, then the one that came with the call's settings. */
  tell({ name, detail }: CallEvent, last: CallEventListener | undefined): void {
    for (const listener of this.#inOrder(last)) {
      const handle = listener[name] as ((detail: unknown) => void) | undefined;
      if (typeof handle === 'function') runSafely(() => handle.call(listener, detail));
    }
  }

  #inOrder(last: CallEventListener | undefined): readonly CallEventListener[] {
    return [...this.#added.values(), ...(last ? [last] : [])];
  }
}
