import { nanoid } from 'nanoid';
import '../../domain/ring/ring-error-messages.js';
import type { RingUser } from '../../domain/ring/ring-call.js';
import type { RingEvent, RingView } from '../../domain/ring/ring-view.js';
import { RingChannel } from '../../signaling/websocket/ring-channel.js';
import type { RingRequest } from '../../protocol/ring-messages.js';
import { asCallError, CallError } from '../../domain/call-error.js';
import type { PageEnvironment } from './page-environment.js';
import { KnownCalls } from './known-calls.js';

export interface RingSessionOptions {
  readonly url: string;
  readonly authToken: string;
  readonly deviceId: string;
  readonly environment: PageEnvironment;
  readonly onEvent: (event: RingEvent, view: RingView) => void;
  /** A call started, changed or ended. */
  readonly onChanged?: () => void;
  /** The server cannot be reached; the session goes on trying. */
  readonly onUnreachable?: (error: CallError) => void;
  /** The server rejected this user for good, or the page forbids the server. */
  readonly onClosed: (error: CallError) => void;
}

type CallRequest = Extract<RingRequest, { type: 'initiate' | 'accept' | 'reject' | 'end' }>;

/** One sign-in of a user on this page: the ring channel, and the calls it reports. */
export class RingSession {
  /** The user's auth token; a new value is used from the next connection on. */
  authToken: string;
  readonly calls: KnownCalls;
  readonly #channel: RingChannel;
  readonly #lifetime = new AbortController();
  readonly #onEvent: RingSessionOptions['onEvent'];
  readonly #deviceId: string;
  #user: RingUser | undefined;
  #isPlacing = false;

  constructor(options: RingSessionOptions) {
    const { url, authToken, deviceId, environment, onEvent, onChanged, onUnreachable, onClosed } = options;
    const { signal } = this.#lifetime;
    const calls = new KnownCalls(deviceId, onEvent, onChanged);
    this.authToken = authToken;
    this.#onEvent = onEvent;
    this.#deviceId = deviceId;
    this.calls = calls;
    this.#channel = new RingChannel({
      ...{ url, deviceId, signal },
      token: () => this.authToken,
      knownCalls: () => calls.snapshot(),
      WebSocket: environment.WebSocket,
      timeouts: environment.timeouts,
    });
    this.#channel.events.on('call', (view) => calls.apply(view), { signal });
    this.#channel.events.on(
      'connected',
      ({ user, calls: listed, requested }) => {
        this.#user = user;
        for (const view of listed) calls.apply(view);
        onChanged?.();
        calls.markMissing(requested.filter((id) => !listed.some(({ sessionId }) => sessionId === id)));
      },
      { signal },
    );
    this.#channel.events.on('unreachable', (error) => onUnreachable?.(error), { signal });
    this.#channel.events.on('closed', onClosed, { signal });
  }

  /** The user that the token identifies; `undefined` until connected. */
  get user(): RingUser | undefined {
    return this.#user;
  }

  /** Resolves when connected; rejects with a CallError. */
  connected(): Promise<void> {
    return this.#channel.connected();
  }

  /**
   * Places a call. One at a time, also while the first request is pending, so that a double click places one call. Rejects with
   * CALL_IN_PROGRESS, CALL_ALREADY_INITIATED or the server's error.
   */
  async initiate(
    request: Omit<Extract<CallRequest, { type: 'initiate' }>, 'type' | 'key'>,
  ): Promise<RingView> {
    const active = this.calls.active();
    if (active?.status === 'ongoing') throw new CallError('CALL_IN_PROGRESS');
    if (active || this.#isPlacing) throw new CallError('CALL_ALREADY_INITIATED');
    this.#isPlacing = true;
    try {
      return await this.#place({ ...request, type: 'initiate', key: nanoid() });
    } finally {
      this.#isPlacing = false;
    }
  }

  async #place(request: Extract<CallRequest, { type: 'initiate' }>): Promise<RingView> {
    const view = await this.send(request);
    // The callee called at the same time: the server merged both calls into the earlier one.
    if (view.status === 'ongoing' && view.initiator.uid !== view.self.uid)
      // The event follows the promise, which the application awaits first.
      setTimeout(() => this.#onEvent('accepted', view));
    return view;
  }

  async send(request: CallRequest): Promise<RingView> {
    try {
      const { call } = await this.#channel.request(request);
      this.calls.apply(call);
      return call;
    } catch (error) {
      const closed = this.#closeIfUnknown(request, asCallError(error));
      if (closed) return closed;
      throw error;
    }
  }

  /** Closes a call that a restarted server does not know, so that the user is not stuck in it. */
  #closeIfUnknown(request: CallRequest, { code }: CallError): RingView | undefined {
    if (request.type === 'initiate' || code !== 'CALL_NOT_FOUND') return undefined;
    const closed = this.calls.close(request.sessionId, {
      uid: this.#user?.uid ?? '',
      deviceId: this.#deviceId,
    });
    return request.type === 'accept' ? undefined : closed;
  }

  async participantCount(sessionId: string): Promise<number> {
    return (await this.#channel.request({ type: 'participant-count', sessionId })).count;
  }

  close(): void {
    this.#lifetime.abort();
  }
}
