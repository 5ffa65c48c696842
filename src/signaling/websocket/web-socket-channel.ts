import { Emitter } from '../../base/emitter.js';
import { loadChunk } from '../../base/load-chunk.js';
import { log } from '../../base/logger.js';
import { asCallError, CallError } from '../../domain/call-error.js';
import type { AnswerTo, JoinAnswer, ServerMessage, ServerPush } from '../../protocol/messages.js';
import { protocolVersion } from '../../protocol/protocol-version.js';
import { readServerMessage } from '../../protocol/read-server-message.js';
import { blockedByPage, onBlockedByPage, type BlockedReason } from '../blocked-by-page.js';
import { channelTimeouts, type ChannelTimeouts } from './channel-timeouts.js';
import type { SocketClass } from './socket-class.js';
import { toCallError, PendingRequests } from './pending-requests.js';
import { ReconnectingSocket } from './reconnecting-socket.js';
import type {
  ChannelRequest,
  SignalingChannel,
  SignalingEvents,
  SignalingOptions,
} from '../signaling-channel.js';
import { signalingUrl } from './signaling-url.js';
import { onWakeSign } from '../wake-signs.js';

const logger = log('signaling');

export interface WebSocketChannelOptions extends SignalingOptions {
  /** The server's base URL: http, https, ws or wss. */
  readonly url: string;
  /** Read at each join and resume: a getter can return a fresh token. */
  readonly token: string;
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
  #resume: string | undefined;
  /** The switch to video, sent at a resume because a restarted server has lost it. */
  #switched: JoinAnswer['switched'];
  #lastRejection: CallError | undefined;
  /** When the first attempt failed, until a socket opens; `performance.now()`. */
  #unopenedSince: number | undefined;
  #failure: CallError | undefined;
  #isDiagnosing = false;

  constructor(options: WebSocketChannelOptions) {
    this.#options = options;
    this.#timeouts = options.timeouts ?? channelTimeouts;
    const { signal } = this.#lifetime;
    if (options.failure) this.#finish(options.failure);
    const url = signalingUrl(options.url);
    onBlockedByPage(url, (reason) => this.#blocked(reason), { signal });
    this.#socket = new ReconnectingSocket({
      url,
      timeouts: this.#timeouts,
      signal,
      WebSocket: options.WebSocket,
      onOpen: () => {
        this.#unopenedSince = undefined;
        if (this.#joining) void this.#sendJoin();
      },
      onMessage: (text) => this.#receive(text),
      onDisconnect: () => this.#disconnected(),
      onUnopened: () => this.#unopened(),
      onForbidden: () => this.#blocked('mixed-content'),
    });
    if (signal.aborted) return;
    const heartbeat = setInterval(() => this.#probe(this.#timeouts.pong), this.#timeouts.heartbeat);
    signal.addEventListener('abort', () => clearInterval(heartbeat));
    onWakeSign(() => this.#online(), { signal });
    options.signal.addEventListener('abort', () => this.#finish(), { signal });
    if (options.signal.aborted) this.#finish();
  }

  join(): Promise<JoinAnswer> {
    this.#joining ??= new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure);
      this.#firstJoin = { resolve, reject };
      this.#limitFirstJoin();
      if (this.#socket.isOpen) void this.#sendJoin();
      else if (this.#unopenedSince !== undefined) this.#unopened();
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

  leave(): void {
    if (this.#joining && this.#socket.isOpen)
      this.#requests.request({ type: 'leave' }, this.#timeouts.answer).catch(() => logger.debug('left'));
    this.#finish();
  }

  async #sendJoin(): Promise<void> {
    const { token, state } = this.#options;
    const switched = this.#switched && { switched: this.#switched };
    const resume = this.#resume === undefined ? {} : { resume: this.#resume, ...switched };
    const join = { type: 'join', protocol: protocolVersion, token, state: state(), ...resume } as const;
    try {
      this.#joinAccepted(await this.#requests.request(join, this.#timeouts.answer));
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
    if (code !== 'TOKEN_NOT_YET_VALID') return code !== 'ROOM_FULL';
    const { retryAfterMs = 0 } = (details ?? {}) as { readonly retryAfterMs?: number };
    return retryAfterMs < this.#timeouts.join;
  }

  /** Diagnoses an unreachable server early, instead of waiting for the join timeout. */
  #unopened(): void {
    const { unopened } = this.#timeouts;
    if (this.#unopenedSince !== undefined) {
      if (performance.now() - this.#unopenedSince >= unopened) void this.#diagnose();
      return;
    }
    this.#unopenedSince = performance.now();
    const timer = setTimeout(() => void this.#diagnose(), unopened);
    this.#lifetime.signal.addEventListener('abort', () => clearTimeout(timer));
  }

  async #diagnose(): Promise<void> {
    if (!this.#firstJoin || this.#unopenedSince === undefined || this.#isDiagnosing) return;
    this.#isDiagnosing = true;
    const url = signalingUrl(this.#options.url);
    const why = await loadChunk('unopened-socket', () => import('./unopened-socket.js')).then(
      ({ whyUnopened }) => whyUnopened(url, this.#lifetime),
      () => undefined,
    );
    this.#isDiagnosing = false;
    if (why && this.#firstJoin && this.#unopenedSince !== undefined) this.#finish(why);
  }

  /** The security rules of the page block this server, so retries are useless. */
  #blocked(reason: BlockedReason): void {
    if (!this.#joined) this.#finish(blockedByPage(signalingUrl(this.#options.url), reason));
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

  /** Pings the server, and replaces the socket without an answer: dead sockets are not always reported. */
  #probe(timeoutMs: number): void {
    if (!this.#joined) return;
    this.#requests.request({ type: 'ping' }, timeoutMs).then(
      (answer) => (this.#resume = answer?.resume ?? this.#resume),
      (error: unknown) => {
        if (asCallError(error).code === 'REQUEST_TIMED_OUT') this.#socket.replace();
      },
    );
  }

  #online(): void {
    if (this.#joined) this.#probe(this.#timeouts.urgentPong);
    else this.#socket.retryNow();
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

function parseMessage(text: string): ServerMessage | undefined {
  try {
    return readServerMessage(text);
  } catch (error) {
    logger.warn('ignored a malformed message', error);
    return undefined;
  }
}
