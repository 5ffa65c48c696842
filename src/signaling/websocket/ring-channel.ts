import * as v from 'valibot';
import { Emitter } from '../../base/emitter.js';
import { log } from '../../base/logger.js';
import { asCallError, CallError } from '../../domain/call-error.js';
import type { RingView } from '../../domain/ring/ring-view.js';
import { parseRingServerMessage } from '../../protocol/parse-ring-message.js';
import {
  ringAnswers,
  ringProtocolVersion,
  type RingAnswerTo,
  type RingRequest,
} from '../../protocol/ring-messages.js';
import { channelTimeouts, type ChannelTimeouts } from './channel-timeouts.js';
import { readOrIgnore, startLivenessCheck } from './liveness-check.js';
import type { SocketClass } from './socket-class.js';
import { toCallError, PendingRequests } from './pending-requests.js';
import { ReconnectingSocket } from './reconnecting-socket.js';
import { ServerDiagnosis } from './server-diagnosis.js';
import { socketUrl } from './signaling-url.js';

const parseMessage = readOrIgnore(parseRingServerMessage, log('ring'));

export interface RingChannelEvents {
  /** A call started or changed. */
  call: RingView;
  /** Connected or reconnected. `calls`: the calls of this user. `requested`: ids of the calls that this page asked about. */
  connected: RingAnswerTo<'hello'> & { readonly requested: readonly string[] };
  /** The connection was lost; the channel is reconnecting. */
  lost: void;
  /** The first connection fails because of the address or the network; the channel goes on trying. */
  unreachable: CallError;
  /** The channel is closed for good: the server rejects this user, or the page forbids the server. */
  closed: CallError;
}

export interface RingChannelOptions {
  /** The server's base URL. */
  readonly url: string;
  /** The user's auth token; called for each connection. */
  readonly token: () => string;
  /** Stable across reloads, unique per page. */
  readonly deviceId: string;
  /** The ids of the calls that this page considers live, and of those it has joined; called for each connection. */
  readonly knownCalls: () => { readonly known: readonly string[]; readonly joined: readonly string[] };
  readonly signal: AbortSignal;
  /** Needed where there is no global `WebSocket`. */
  readonly WebSocket?: SocketClass | undefined;
  readonly timeouts?: ChannelTimeouts | undefined;
}

type ChannelRequest = Exclude<RingRequest, { type: 'hello' | 'ping' }>;

/** A signed-in user's connection for ring calls. Reconnects by itself. */
export class RingChannel {
  readonly events = new Emitter<RingChannelEvents>();
  readonly #options: RingChannelOptions;
  readonly #timeouts: ChannelTimeouts;
  readonly #lifetime = new AbortController();
  readonly #socket: ReconnectingSocket;
  readonly #requests = new PendingRequests((text) => this.#socket.send(text));
  /** Callers waiting until the channel is ready. */
  readonly #waiters = new Set<(error?: CallError) => void>();
  #isReady = false;
  /** Whether it is known that the server was or was not there. */
  #isDiagnosed = false;
  #isReported = false;
  #failure: CallError | undefined;

  constructor(options: RingChannelOptions) {
    this.#options = options;
    this.#timeouts = options.timeouts ?? channelTimeouts;
    const { signal } = this.#lifetime;
    const url = socketUrl(options.url, '/ring');
    const diagnosis = new ServerDiagnosis({
      ...{ url, unopenedMs: this.#timeouts.unopened, signal },
      isNeeded: () => !this.#isDiagnosed,
      onFailure: (error) => this.#unreachable(error),
    });
    this.#socket = new ReconnectingSocket({
      url,
      timeouts: this.#timeouts,
      signal,
      WebSocket: options.WebSocket,
      onOpen: () => {
        this.#isDiagnosed = true;
        void this.#sendHello();
      },
      onMessage: (text) => this.#receive(text),
      onDisconnect: () => this.#disconnected(),
      onUnopened: () => diagnosis.unopened(),
      // The first socket opens before the caller can add a listener.
      onForbidden: () => queueMicrotask(() => diagnosis.forbidden()),
    });
    if (signal.aborted) return;
    startLivenessCheck({
      socket: this.#socket,
      timeouts: this.#timeouts,
      isReady: () => this.#isReady,
      ping: (timeoutMs) => this.#send({ type: 'ping' }, timeoutMs),
      signal,
    });
    const finish = (): void => this.#finish(new CallError('CONNECTION_LOST'));
    options.signal.addEventListener('abort', finish, { signal });
    if (options.signal.aborted) finish();
  }

  /** Resolves when connected. Rejects with the server's error, or with SERVER_UNREACHABLE on timeout. */
  connected(): Promise<void> {
    return this.#withDeadline(this.#timeouts.join, (deadline) => this.#whenReady(deadline));
  }

  /** Sends a request, and repeats it after a lost connection: all ring requests are idempotent. Rejects with a CallError. */
  request<Request extends ChannelRequest>(request: Request): Promise<RingAnswerTo<Request['type']>> {
    return this.#withDeadline(this.#timeouts.answer, async (deadline) => {
      for (;;) {
        await this.#whenReady(deadline);
        try {
          return await this.#send(request, Math.max(1, deadline - performance.now()));
        } catch (error) {
          if (asCallError(error).code !== 'CONNECTION_LOST' || this.#failure) throw error;
        }
      }
    });
  }

  async #send<Request extends RingRequest>(
    request: Request,
    timeoutMs: number,
  ): Promise<RingAnswerTo<Request['type']>> {
    const answer = v.safeParse<v.GenericSchema>(
      ringAnswers[request.type],
      await this.#requests.send(request, timeoutMs),
    );
    if (answer.success) return answer.output as RingAnswerTo<Request['type']>;
    throw new CallError('MESSAGE_MALFORMED', { details: { answerTo: request.type } });
  }

  #withDeadline<Value>(ms: number, run: (deadline: number) => Promise<Value>): Promise<Value> {
    return run(performance.now() + ms);
  }

  #whenReady(deadline: number): Promise<void> {
    if (this.#failure) return Promise.reject(this.#failure);
    if (this.#isReady) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const settle = (error?: CallError): void => {
        clearTimeout(timer);
        this.#waiters.delete(settle);
        if (error) reject(error);
        else resolve();
      };
      const onTimeout = (): void => settle(new CallError('SERVER_UNREACHABLE'));
      const timer = setTimeout(onTimeout, Math.max(0, deadline - performance.now()));
      this.#waiters.add(settle);
    });
  }

  async #sendHello(): Promise<void> {
    const { token, deviceId, knownCalls } = this.#options;
    const { known, joined } = knownCalls();
    // Frameworks may set the property to any value; the server says what is wrong with it.
    const hello = { type: 'hello', protocol: ringProtocolVersion, token: String(token()), deviceId } as const;
    try {
      const request = { ...hello, known: [...known], joined: [...joined] };
      const answer = await this.#send(request, this.#timeouts.answer);
      if (!this.#socket.isOpen) return;
      this.#isReady = true;
      this.events.emit('connected', { ...answer, requested: known });
      for (const settle of [...this.#waiters]) settle();
    } catch (error) {
      const failure = asCallError(error);
      if (!failure.retryable) return this.#finish(failure);
      if (failure.code === 'TOKEN_NOT_YET_VALID') this.#reportOnce(failure);
      // If the socket broke, the next one sends the hello.
      if (this.#socket.isOpen) this.#socket.retry();
    }
  }

  #receive(text: string): void {
    const message = parseMessage(text);
    if (message?.type === 'ack') this.#requests.settle(message);
    else if (message?.type === 'call') this.events.emit('call', message.call);
    else if (message) {
      const error = toCallError(message.error);
      // A suspended page may have sent its hello too late; it repeats it on the next socket.
      if (!error.retryable && error.code !== 'NOT_JOINED') this.#finish(error);
    }
  }

  #disconnected(): void {
    if (this.#isReady) {
      this.#isReady = false;
      this.events.emit('lost', undefined);
    }
    this.#requests.fail(new CallError('CONNECTION_LOST'));
  }

  /**
   * Reported once. What waits for the connection fails at once. Only the rules of the page are final: the server may be
   * started, or the address may lead to the login page of a network for now.
   */
  #unreachable(error: CallError): void {
    if (this.#isDiagnosed) return;
    this.#isDiagnosed = true;
    if (error.code === 'SERVER_BLOCKED_BY_PAGE') return this.#finish(error);
    this.#reportOnce(error);
  }

  /** The channel goes on trying. */
  #reportOnce(error: CallError): void {
    for (const settle of [...this.#waiters]) settle(error);
    if (!this.#isReported) this.events.emit('unreachable', error);
    this.#isReported = true;
  }

  #finish(error: CallError): void {
    if (this.#failure) return;
    this.#failure = error;
    this.#isReady = false;
    this.#lifetime.abort();
    this.#requests.fail(error);
    for (const settle of [...this.#waiters]) settle(error);
    if (!this.#options.signal.aborted) this.events.emit('closed', error);
  }
}
