import { runSafely } from '../../base/emitter.js';
import type { RingEvent } from '../../domain/ring/ring-view.js';
import type { Call } from './call.js';

/** The methods of a listener. */
export interface CallHandlers {
  /** Another user calls this user. */
  onIncomingCallReceived(call: Call): void;
  /** The call of this page was answered: join its session. */
  onOutgoingCallAccepted(call: Call): void;
  /** The call of this page was rejected, met a busy user or was not answered: see its status. */
  onOutgoingCallRejected(call: Call): void;
  /** It has stopped ringing: taken back, not answered in time, or dealt with on another device: see its status. */
  onIncomingCallCancelled(call: Call): void;
  /** The call that this page was in was ended by another. */
  onCallEndedMessageReceived(call: Call): void;
}

/** A listener for calls, made as CometChat's documents make it: with an object of functions. */
export class CallListener {
  constructor(handlers: Partial<CallHandlers> = {}) {
    Object.assign(this, handlers);
  }
}
// The constructor assigns the given methods, which eslint cannot know; the merged interface declares them.
export interface CallListener extends Partial<CallHandlers> {}

const handlerOf: Readonly<Record<RingEvent, keyof CallHandlers>> = {
  incoming: 'onIncomingCallReceived',
  'incoming-cancelled': 'onIncomingCallCancelled',
  accepted: 'onOutgoingCallAccepted',
  rejected: 'onOutgoingCallRejected',
  ended: 'onCallEndedMessageReceived',
};

/** The listeners of one page, by the ids it gave them. */
export class CallListeners {
  readonly #listeners = new Map<string, Partial<CallHandlers>>();
  /** Calls that rang before the first listener was added. */
  readonly #undelivered = new Map<string, Call>();

  /** Replaces a listener with the same id. The first listener also gets calls that already ring. */
  add(id: string, listener: Partial<CallHandlers>): void {
    this.#listeners.set(id, listener);
    if (!listener.onIncomingCallReceived) return;
    const undelivered = [...this.#undelivered.values()];
    this.#undelivered.clear();
    for (const call of undelivered)
      queueMicrotask(() => runSafely(() => listener.onIncomingCallReceived?.(call)));
  }

  remove(id: string): void {
    this.#listeners.delete(id);
  }

  notify(event: RingEvent, call: Call): void {
    const sessionId = call.getSessionId();
    if (event === 'incoming' && !this.#hasHandler('onIncomingCallReceived'))
      this.#undelivered.set(sessionId, call);
    if (event === 'incoming-cancelled') this.#undelivered.delete(sessionId);
    for (const listener of [...this.#listeners.values()]) runSafely(() => listener[handlerOf[event]]?.(call));
  }

  /** The call does not ring any more. */
  clearUndelivered(sessionId: string): void {
    this.#undelivered.delete(sessionId);
  }

  #hasHandler(name: keyof CallHandlers): boolean {
    return [...this.#listeners.values()].some((listener) => listener[name] !== undefined);
  }
}
