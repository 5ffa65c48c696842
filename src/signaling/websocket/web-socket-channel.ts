import { Emitter } from '../../base/emitter.js';
import { log } from '../../base/logger.js';
import { asCallError, CallError } from '../../domain/call-error.js';
import type { AnswerTo, JoinAnswer, ServerPush } from '../../protocol/messages.js';
import { earlyJoinProtocols, isEarlyJoin } from '../../protocol/early-join.js';
import { protocolVersion } from '../../protocol/protocol-version.js';
import { readServerMessage } from '../../protocol/read-server-message.js';
import { channelTimeouts, type ChannelTimeouts } from './channel-timeouts.js';
import { readOrIgnore, startLivenessCheck } from './liveness-check.js';
import type { SocketClass } from './socket-class.js';
import { toCallError, PendingRequests } from './pending-requests.js';
import { ReconnectingSocket } from './reconnecting-socket.js';
import type {
  ChannelRequest,
  SignalingChannel,
  SignalingEvents,
  SignalingOptions,
} from '../signaling-channel.js';
import { ServerDiagnosis } from './server-diagnosis.js';
import { signalingUrl } from './signaling-url.js';

const logger = log('signaling');
const parseMessage = readOrIgnore(readServerMessage, logger);

export interface WebSocketChannelOptions extends SignalingOptions {
  /** The server's base URL: http, https, ws or wss. */
  readonly url: string;
  /** Read at each join and resume: a getter can return a fresh token. */
  readonly token: string;
  /** `join()` follows in the same task: the handshake of the first socket carries the join, if it can. */
  readonly joinsAtOnce?: boolean;
  /** An error known before connecting; `join()` rejects with it. */
  readonly failure?: CallError | undefined;
  /** Needed where there is no global `WebSocket`. */
  readonly WebSocket?: SocketClass;
  readonly timeouts?: ChannelTimeouts;
}

/** Opens a channel to a call server. Connects at once; `join()` sends as soon as the socket is open. */
export function createWebSocketChannel(options: WebSocketChannelOptions): SignalingChannel {
  return new WebSocketChannel(options);
}

class WebSocketChannel implements SignalingChannel {
  readonly events = new Emitter<SignalingEvents>();
  readonly #options: WebSocketChannelOptions;
  readonly #timeouts: ChannelTimeouts;
  readonly #lifetime = new AbortController();
  readonly #socket: ReconnectingSocket;
  readonly #requests = new PendingRequests((text) => this.#socket.send(text));
  #joining: Promise<JoinAnswer> | undefined;
  /** Settles `#joining`; `undefined` afterwards. */
  #firstJoin: { resolve(answer: JoinAnswer): void; reject(error: CallError): void } | undefined;
  /** Whether the current socket has joined. */
  #joined = false;
  /** Whether the handshake of the current socket carried the join. */
  #carriedJoin = false;
  #resume: string | undefined;
  /** The switch to video, sent at a resume because a restarted server has lost it. */
  #switched: JoinAnswer['switched'];
  #lastRejection: CallError | undefined;
  readonly #diagnosis: ServerDiagnosis;
  #failure: CallError | undefined;
  /** Checks the connection at once; nothing to check in a channel that failed before connecting. */
  #verify = (): void => undefined;

  constructor(options: WebSocketChannelOptions) {
    this.#options = options;
    this.#timeouts = options.timeouts ?? channelTimeouts;
    const { signal } = this.#lifetime;
    if (options.failure) this.#finish(options.failure);
    const url = signalingUrl(options.url);
    this.#diagnosis = new ServerDiagnosis({
      ...{ url, unopenedMs: this.#timeouts.unopened, signal },
      isNeeded: () => this.#firstJoin !== undefined,
      onFailure: (error) => {
        if (this.#firstJoin || (error.code === 'SERVER_BLOCKED_BY_PAGE' && !this.#joined))
          this.#finish(error);
      },
    });
    this.#socket = new ReconnectingSocket({
      url,
      timeouts: this.#timeouts,
      signal,
      WebSocket: options.WebSocket,
      protocols: options.joinsAtOnce ? earlyJoinProtocols(options.token, options.state()) : undefined,
      onOpen: (protocol) => {
        this.#diagnosis.opened();
        this.#carriedJoin = isEarlyJoin(protocol);
        if (this.#joining) void this.#sendJoin();
      },
      onMessage: (text) => this.#receive(text),
      onDisconnect: () => this.#disconnected(),
      onUnopened: () => this.#diagnosis.unopened(),
      onForbidden: () => this.#diagnosis.forbidden(),
    });
    if (signal.aborted) return;
    this.#verify = startLivenessCheck({
      socket: this.#socket,
      timeouts: this.#timeouts,
      isReady: () => this.#joined,
      ping: async (timeoutMs) => {
        const answer = await this.#requests.request({ type: 'ping' }, timeoutMs);
        this.#resume = answer?.resume ?? this.#resume;
      },
      signal,
    });
    options.signal.addEventListener('abort', () => this.#finish(), { signal });
    if (options.signal.aborted) this.#finish();
  }

  join(): Promise<JoinAnswer> {
    this.#joining ??= new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure);
      this.#firstJoin = { resolve, reject };
      this.#limitFirstJoin();
      if (this.#socket.isOpen) void this.#sendJoin();
      else this.#diagnosis.resume();
    });
    return this.#joining;
  }

  request<Request extends ChannelRequest>(request: Request): Promise<AnswerTo<Request['type']>> {
    const answer = this.#joined
      ? this.#requests.request(request, this.#timeouts.answer)
      : Promise.reject(this.#failure ?? new CallError('CONNECTION_LOST'));
    if (request.type !== 'update') return answer;
    return answer.catch((error: unknown) => {
      // The next join sends the full state, so nothing is lost.
      if (asCallError(error).code === 'CONNECTION_LOST') return undefined as AnswerTo<Request['type']>;
      throw error;
    });
  }

  verify(): void {
    this.#verify();
  }

  leave(): void {
    if (this.#joining && this.#socket.isOpen)
      this.#requests.request({ type: 'leave' }, this.#timeouts.answer).catch(() => logger.debug('left'));
    this.#finish();
  }

  async #sendJoin(): Promise<void> {
    const { token, state, media } = this.#options;
    const switched = this.#switched && { switched: this.#switched };
    const lost = { ...switched, media: media?.() };
    const resume = this.#resume === undefined ? {} : { resume: this.#resume, ...lost };
    const join = { type: 'join', protocol: protocolVersion, token, state: state(), ...resume } as const;
    try {
      const answer = this.#requests.request(join, this.#timeouts.answer, this.#carriedJoin);
      this.#joinAccepted(await answer);
    } catch (error) {
      this.#joinRejected(asCallError(error), 'resume' in resume);
    }
  }

  #joinAccepted(answer: JoinAnswer): void {
    this.#resume = answer.resume;
    if (!this.#socket.isOpen) return;
    this.#joined = true;
    const firstJoin = this.#firstJoin;
    this.#firstJoin = undefined;
    const { switched } = answer;
    const isNewSwitch = switched && !this.#switched && !firstJoin;
    this.#switched = switched ?? this.#switched;
    if (firstJoin) firstJoin.resolve(answer);
    else this.events.emit('resumed', answer);
    if (isNewSwitch) this.events.emit('message', { type: 'switched-to-video', ...switched });
  }

  #joinRejected(error: CallError, resuming: boolean): void {
    // The socket broke, so the server did not reject; the next socket joins.
    if (!this.#socket.isOpen) return;
    if (error.code === 'RESUME_REFUSED' && resuming) {
      this.#resume = undefined;
      return this.#socket.replace();
    }
    if (!error.retryable || (this.#firstJoin && !this.#mayPass(error))) return this.#finish(error);
    this.#lastRejection = error;
    this.#socket.retry();
  }

  /** Whether retrying a first join can succeed in time. A full room fails at once; only a rejoin waits for a place. */
  #mayPass({ code, details }: CallError): boolean {
    if (code !== 'TOKEN_NOT_YET_VALID') return !code.endsWith('_FULL');
    const { retryAfterMs = 0 } = (details ?? {}) as { readonly retryAfterMs?: number };
    return retryAfterMs < this.#timeouts.join;
  }

  #receive(text: string): void {
    const message = parseMessage(text);
    if (message?.type === 'ack') this.#requests.settle(message);
    else if (message) this.#receivePush(message);
  }

  #receivePush(message: ServerPush): void {
    this.events.emit('message', message);
    if (message.type === 'switched-to-video') {
      const { initiator, responder } = message;
      this.#switched = { initiator, responder };
    }
    if (message.type !== 'closing') return;
    const error = toCallError(message.error);
    if (error.code === 'RESUME_REFUSED') this.#resume = undefined;
    // Before `join()`, the server only closed an idle socket.
    else if (!error.retryable && this.#joining) this.#finish(error);
  }

  #disconnected(): void {
    const wasJoined = this.#joined;
    this.#joined = false;
    if (wasJoined) this.events.emit('lost', undefined);
    this.#requests.fail(new CallError('CONNECTION_LOST'));
  }

  #limitFirstJoin(): void {
    const { signal } = this.#lifetime;
    const timer = setTimeout(() => {
      if (this.#firstJoin) this.#finish(this.#lastRejection ?? new CallError('SERVER_UNREACHABLE'));
    }, this.#timeouts.join);
    signal.addEventListener('abort', () => clearTimeout(timer));
  }

  /** Closes the channel. Reports an error to `join()` or `closed`; without one, closing was requested. */
  #finish(error?: CallError): void {
    if (this.#lifetime.signal.aborted) return;
    this.#lifetime.abort();
    this.#joined = false;
    this.#failure = error ?? new CallError('CONNECTION_LOST');
    this.#requests.fail(this.#failure);
    const firstJoin = this.#firstJoin;
    this.#firstJoin = undefined;
    if (firstJoin) firstJoin.reject(this.#failure);
    else if (error && this.#joining) this.events.emit('closed', error);
  }
}
