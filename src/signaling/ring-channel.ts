import * as v from 'valibot';
import { Emitter } from '../base/emitter.js';
import { log } from '../base/logger.js';
import { asCallError, CallError } from '../domain/call-error.js';
import type { RingView } from '../domain/ring-view.js';
import { parseRingServerMessage } from '../protocol/parse-ring-message.js';
import {
  ringAnswers,
  ringProtocolVersion,
  type RingAnswerTo,
  type RingRequest,
  type RingServerMessage,
} from '../protocol/ring-messages.js';
import { channelPatience, type ChannelPatience } from './channel-patience.js';
import type { SocketClass } from './socket-class.js';
import { failureAsError, PendingRequests } from './pending-requests.js';
import { ReconnectingSocket } from './reconnecting-socket.js';
import { socketUrl } from './signaling-url.js';
import { onWakeSign } from './wake-signs.js';

const logger = log('ring');

export interface RingChannelEvents {
  /** A call began or changed. */
  call: RingView;
  /** Connected, for the first time or again: `calls` are those that concern this page; `asked` those it asked about. */
  greeted: RingAnswerTo<'hello'> & { readonly asked: readonly string[] };
  /** The connection broke; it is being restored. */
  lost: void;
  /** It is closed for good: the server does not accept this user any more. */
  closed: CallError;
}

export interface RingChannelOptions {
  /** The server's base URL. */
  readonly url: string;
  /** The auth token of the user; asked at every connection. */
  readonly token: () => string;
  /** The same after a reload, another one on another page. */
  readonly deviceId: string;
  /** The calls this page believes to be live, and those it takes part in; asked at every connection. */
  readonly remembered: () => { readonly known: readonly string[]; readonly joined: readonly string[] };
  readonly signal: AbortSignal;
  /** Where there is no global one. */
  readonly WebSocket?: SocketClass | undefined;
  readonly patience?: ChannelPatience | undefined;
}

type Asking = Exclude<RingRequest, { type: 'hello' | 'ping' }>;

/** A user's way to the server for as long as they are signed in. Survives every gap by itself. */
export class RingChannel {
  readonly events = new Emitter<RingChannelEvents>();
  readonly #options: RingChannelOptions;
  readonly #patience: ChannelPatience;
  readonly #life = new AbortController();
  readonly #socket: ReconnectingSocket;
  readonly #requests = new PendingRequests((text) => this.#socket.send(text));
  /** Those who wait until requests can be made. */
  readonly #waiting = new Set<(error?: CallError) => void>();
  #isReady = false;
  #failure: CallError | undefined;

  constructor(options: RingChannelOptions) {
    this.#options = options;
    this.#patience = options.patience ?? channelPatience;
    const { signal } = this.#life;
    this.#socket = new ReconnectingSocket({
      url: socketUrl(options.url, '/ring'),
      patience: this.#patience,
      signal,
      WebSocket: options.WebSocket,
      onOpen: () => void this.#greet(),
      onMessage: (text) => this.#receive(text),
      onBreak: () => this.#broke(),
    });
    const heartbeat = setInterval(() => this.#probe(this.#patience.pong), this.#patience.heartbeat);
    signal.addEventListener('abort', () => clearInterval(heartbeat));
    onWakeSign(() => this.#online(), { signal });
    const finish = (): void => this.#finish(new CallError('CONNECTION_LOST'));
    options.signal.addEventListener('abort', finish, { signal });
    if (options.signal.aborted) finish();
  }

  /** Resolves when connected; rejects when the server refuses, or cannot be reached in time. */
  connected(): Promise<void> {
    return this.#within(this.#patience.join, (deadline) => this.#whenReady(deadline));
  }

  /** Asked again after a gap: every request about ringing may be sent twice. */
  request<Request extends Asking>(request: Request): Promise<RingAnswerTo<Request['type']>> {
    return this.#within(this.#patience.answer, async (deadline) => {
      for (;;) {
        await this.#whenReady(deadline);
        try {
          return await this.#ask(request, Math.max(1, deadline - performance.now()));
        } catch (error) {
          if (asCallError(error).code !== 'CONNECTION_LOST' || this.#failure) throw error;
        }
      }
    });
  }

  async #ask<Request extends RingRequest>(
    request: Request,
    within: number,
  ): Promise<RingAnswerTo<Request['type']>> {
    const answer = v.safeParse<v.GenericSchema>(
      ringAnswers[request.type],
      await this.#requests.send(request, within),
    );
    if (answer.success) return answer.output as RingAnswerTo<Request['type']>;
    throw new CallError('MESSAGE_MALFORMED', { details: { answerTo: request.type } });
  }

  #within<Value>(ms: number, run: (deadline: number) => Promise<Value>): Promise<Value> {
    return run(performance.now() + ms);
  }

  #whenReady(deadline: number): Promise<void> {
    if (this.#failure) return Promise.reject(this.#failure);
    if (this.#isReady) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const settle = (error?: CallError): void => {
        clearTimeout(timer);
        this.#waiting.delete(settle);
        if (error) reject(error);
        else resolve();
      };
      const late = (): void => settle(new CallError('SERVER_UNREACHABLE'));
      const timer = setTimeout(late, Math.max(0, deadline - performance.now()));
      this.#waiting.add(settle);
    });
  }

  async #greet(): Promise<void> {
    const { token, deviceId, remembered } = this.#options;
    const { known, joined } = remembered();
    const hello = { type: 'hello', protocol: ringProtocolVersion, token: token(), deviceId } as const;
    try {
      const request = { ...hello, known: [...known], joined: [...joined] };
      const answer = await this.#ask(request, this.#patience.answer);
      if (!this.#socket.isOpen) return;
      this.#isReady = true;
      this.events.emit('greeted', { ...answer, asked: known });
      for (const settle of [...this.#waiting]) settle();
    } catch (error) {
      const refusal = asCallError(error);
      if (!refusal.retryable) this.#finish(refusal);
      // A socket that broke has a successor already, which greets.
      else if (this.#socket.isOpen) this.#socket.retry();
    }
  }

  #receive(text: string): void {
    const message = readMessage(text);
    if (message?.type === 'ack') this.#requests.settle(message);
    else if (message?.type === 'call') this.events.emit('call', message.call);
    else if (message) {
      const error = failureAsError(message.error);
      // A page that was asleep may have been too slow to greet; it does so on the next socket.
      if (!error.retryable && error.code !== 'NOT_JOINED') this.#finish(error);
    }
  }

  #broke(): void {
    if (this.#isReady) {
      this.#isReady = false;
      this.events.emit('lost', undefined);
    }
    this.#requests.fail(new CallError('CONNECTION_LOST'));
  }

  /** A socket can be dead without knowing it: no sign of life, and it is replaced. */
  #probe(within: number): void {
    if (!this.#isReady) return;
    this.#ask({ type: 'ping' }, within).catch((error: unknown) => {
      if (asCallError(error).code === 'REQUEST_TIMED_OUT') this.#socket.replace();
    });
  }

  #online(): void {
    if (this.#isReady) this.#probe(this.#patience.hurriedPong);
    else this.#socket.hurry();
  }

  #finish(error: CallError): void {
    if (this.#failure) return;
    this.#failure = error;
    this.#isReady = false;
    this.#life.abort();
    this.#requests.fail(error);
    for (const settle of [...this.#waiting]) settle(error);
    if (!this.#options.signal.aborted) this.events.emit('closed', error);
  }
}

function readMessage(text: string): RingServerMessage | undefined {
  try {
    return parseRingServerMessage(text);
  } catch (error) {
    logger.warn('ignored a message', error);
    return undefined;
  }
}
