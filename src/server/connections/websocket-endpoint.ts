import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { asCallError, CallError } from '../../domain/call-error.js';
import { maxJoinBytes, maxMessageBytes } from '../../protocol/messages.js';
import { clientAddress, isAllowedOrigin, requestOrigin } from '../http/client-address.js';
import { closeCodeFor } from './close-codes.js';
import { toFailure, sendError, type Connection } from './connection.js';
import { DeadlineQueue, type Clock } from '../limits/deadline-queue.js';
import type { Load, RateLimits } from '../limits/rate-limits.js';
import { requestIdIn } from './request-id.js';
import type { ServerConfig } from '../config/server-config.js';
import type { ConnectionId } from '../rooms/room.js';
import { WriteBatch } from './cork-writes.js';

/** Handles the events of an endpoint's sockets. */
export interface SocketHandlers<Message> {
  /** Throws a CallError for an invalid message. */
  parse(text: string): Message;
  /** A message in the headers of the handshake, handled as the first one. */
  messageIn?(headers: IncomingHttpHeaders): string | undefined;
  /** Resolves when the message was handled; `undefined` if it already is. `text`: what it was parsed from. */
  receive(connection: Connection, message: Message, text: string): Promise<void> | undefined;
  /** `pageClosed`: the browser closed the connection because the user closed, left or reloaded the page. */
  disconnected(connection: Connection, pageClosed: boolean): void;
  /** Whether clients send something regularly, so that a page that sends nothing hangs. */
  readonly sendsPings?: boolean;
  /** Whether the connection's first message was accepted. Otherwise it is closed after `joinTimeoutMs`. */
  isJoined(connection: Connection): boolean;
  onError(error: CallError): void;
}

export interface SocketOptions<Message> {
  readonly config: ServerConfig;
  readonly limits: RateLimits;
  readonly clock: Clock;
  readonly newConnectionId: () => ConnectionId;
  readonly handlers: SocketHandlers<Message>;
}

/** A client that does not read is disconnected when more bytes than this are buffered for it. */
const maxBufferedBytes = 4 * 1024 * 1024;

/** Reading pauses while more messages than this wait to be handled. */
const maxWaitingMessages = 64;

/** The rate is checked once per so much, which keeps relaying cheap. */
const batchLimit = { messages: 16, bytes: 64 * 1024 };

/** RFC 6455: browsers send it when a page goes; a lost connection has 1006. */
const goingAway = 1001;

const socketSettings = {
  noServer: true,
  perMessageDeflate: false,
  clientTracking: false,
  // Larger than the limits, so that the client is notified before the connection is closed.
  maxPayload: maxJoinBytes + 1024 * 1024,
  // ms to wait for the client's close frame.
  closeTimeout: 3000,
};

/** All connections of one path. The only file that depends on the WebSocket library. */
export class WebSocketEndpoint<Message> {
  readonly #server = new WebSocketServer(socketSettings);
  readonly #sockets = new Set<ClientSocket<Message>>();
  readonly #batch = new WriteBatch();
  readonly #lifetime = new AbortController();
  readonly #unjoined: DeadlineQueue<ClientSocket<Message>>;
  #cancelHeartbeat: () => void = () => undefined;
  #onDrained: (() => void) | undefined;

  constructor(private readonly options: SocketOptions<Message>) {
    const { config, clock } = options;
    this.#unjoined = new DeadlineQueue({
      ms: config.joinTimeoutMs,
      clock,
      signal: this.#lifetime.signal,
      onDue: (socket) => {
        if (socket.open && !options.handlers.isJoined(socket)) socket.close(new CallError('NOT_JOINED'));
      },
    });
    this.#scheduleHeartbeat();
  }

  get size(): number {
    return this.#sockets.size;
  }

  /** Upgrades an HTTP connection to a WebSocket. */
  accept(request: IncomingMessage, duplex: Duplex, head: Buffer): void {
    const { config, limits } = this.options;
    const address = clientAddress(request, config.trustedProxies);
    const origin = requestOrigin(request, config.trustedProxies);
    // A handshake that the library rejects counts too.
    const isWithin = limits.connection(address);
    this.#server.handleUpgrade(request, duplex, head, (webSocket) => {
      const shared = { ...this.options, address, origin, batch: this.#batch };
      const socket = new ClientSocket(webSocket, duplex, shared);
      this.#sockets.add(socket);
      webSocket.on('close', () => {
        this.#sockets.delete(socket);
        if (this.#sockets.size === 0) this.#onDrained?.();
      });
      if (this.#lifetime.signal.aborted) return socket.close(new CallError('SERVER_STOPPING'));
      this.#unjoined.add(socket);
      const first = this.options.handlers.messageIn?.(request.headers);
      if (!isAllowedOrigin(request.headers.origin, config.allowedOrigins, origin))
        return socket.close(new CallError('NOT_ALLOWED', { details: { origin: request.headers.origin } }));
      void isWithin.then((allowed) => {
        if (!allowed) socket.close(new CallError('RATE_LIMITED'));
        else if (first !== undefined) socket.receive(first);
      });
    });
  }

  /** Closes all connections with SERVER_STOPPING. Those still open after `graceMs` are terminated. */
  async stop(graceMs = 2000): Promise<void> {
    this.#lifetime.abort();
    this.#cancelHeartbeat();
    for (const socket of this.#sockets) socket.close(new CallError('SERVER_STOPPING'));
    if (this.#sockets.size === 0) return;
    const timer = setTimeout(() => this.#sockets.forEach((socket) => socket.terminate()), graceMs);
    await new Promise<void>((resolve) => (this.#onDrained = resolve));
    clearTimeout(timer);
  }

  #scheduleHeartbeat(): void {
    const { clock, config } = this.options;
    this.#cancelHeartbeat = clock.after(config.heartbeatMs, () => {
      this.#scheduleHeartbeat();
      // After a stall of this process, answers that have arrived are read before anyone counts as silent.
      setImmediate(() => this.#sockets.forEach((socket) => socket.checkHeartbeat()));
    });
  }
}

interface ClientSocketOptions<Message> extends SocketOptions<Message> {
  readonly address: string;
  readonly origin: string;
  readonly batch: WriteBatch;
}

/** One client's socket. There may be very many: no timers, and few closures. */
class ClientSocket<Message> implements Connection {
  readonly id: ConnectionId;
  readonly origin: string;
  fellSilent = false;
  hasSpoken = false;
  readonly #socket: WebSocket;
  readonly #options: ClientSocketOptions<Message>;
  #answeredHeartbeat = true;
  /** ms of heartbeats since the last message. */
  #quietMs = 0;
  /** Received but not yet counted against the limits. */
  #load = { messages: 0, bytes: 0 };
  /** Messages waiting to be handled. */
  #waiting = 0;
  #last: Promise<void> = Promise.resolve();
  /** Closed by the server: later messages are ignored. */
  #ended = false;

  constructor(
    socket: WebSocket,
    private readonly duplex: Duplex,
    options: ClientSocketOptions<Message>,
  ) {
    this.id = options.newConnectionId();
    this.origin = options.origin;
    this.#socket = socket;
    this.#options = options;
    // Bytes are counted as they arrive, not per complete message: a `join` may be large.
    duplex.on('data', ({ length }: Buffer) => this.#checkRate({ messages: 0, bytes: length }));
    socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    socket.on('pong', () => (this.#answeredHeartbeat = true));
    // Messages received before the close, such as a leave, are still handled.
    socket.on('close', (code) => {
      void this.#last.then(() => options.handlers.disconnected(this, code === goingAway));
    });
    // The library closes the connection itself. Without a listener, `error` would end the process.
    socket.on('error', ({ message }) => {
      const code = /max payload/i.test(message) ? 'MESSAGE_TOO_LARGE' : 'MESSAGE_MALFORMED';
      options.handlers.onError(new CallError(code));
    });
  }

  get open(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  get waitingBytes(): number {
    return this.#socket.bufferedAmount;
  }

  send(text: string): boolean {
    if (!this.open) return false;
    this.#options.batch.add(this.duplex);
    this.#socket.send(text);
    if (this.#socket.bufferedAmount > maxBufferedBytes) this.terminate();
    return true;
  }

  close(error: CallError | null): void {
    if (!this.open) return;
    this.#ended = true;
    if (!error) return this.#socket.close(1000, 'left');
    // The others are notified without waiting for the client's close frame.
    this.#options.handlers.disconnected(this, false);
    this.#options.handlers.onError(error);
    this.send(JSON.stringify({ type: 'closing', error: toFailure(error) }));
    this.#socket.close(closeCodeFor(error.code), error.code);
  }

  terminate(): void {
    this.#socket.terminate();
  }

  /** Terminates a connection that is silent. A browser answers heartbeats for a page that hangs, which then sends nothing itself. */
  checkHeartbeat(): void {
    const { heartbeatMs, pageTimeoutMs } = this.#options.config;
    const isPageSilent = this.#options.handlers.sendsPings && this.#quietMs >= pageTimeoutMs;
    if (!this.#answeredHeartbeat || isPageSilent) {
      this.fellSilent = !this.#answeredHeartbeat;
      return this.terminate();
    }
    this.#quietMs += heartbeatMs;
    this.#answeredHeartbeat = false;
    this.#socket.ping();
  }

  receive(text: string): void {
    this.#checkRate({ messages: 1, bytes: text.length });
    this.#enqueue(text);
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (!this.open) return;
    this.hasSpoken = true;
    this.#quietMs = 0;
    this.#checkRate({ messages: 1, bytes: 0 });
    const bytes = data as Buffer;
    const maxBytes = this.#options.handlers.isJoined(this) ? maxMessageBytes : maxJoinBytes;
    if (bytes.length > maxBytes)
      return this.close(new CallError('MESSAGE_TOO_LARGE', { details: { maxBytes } }));
    if (isBinary)
      return this.close(new CallError('MESSAGE_MALFORMED', { details: 'Messages are text, not binary.' }));
    this.#enqueue(bytes.toString());
  }

  #enqueue(text: string): void {
    // Most messages are relayed at once. Each turn that one waits costs about as much as relaying it.
    const handling = this.#waiting === 0 ? this.#handle(text) : this.#last.then(() => this.#handle(text));
    if (!handling) return;
    if (++this.#waiting > maxWaitingMessages) this.#socket.pause();
    this.#last = handling.then(() => {
      if (--this.#waiting === 0 && this.#socket.isPaused) this.#socket.resume();
    });
  }

  /** Messages of one client are handled strictly in order. Never rejects. */
  #handle(text: string): Promise<void> | undefined {
    const { handlers } = this.#options;
    const failed = (error: unknown): void => this.#rejectMessage(text, asCallError(error));
    if (this.#ended) return undefined;
    try {
      return handlers.receive(this, handlers.parse(text), text)?.catch(failed);
    } catch (error) {
      failed(error);
      return undefined;
    }
  }

  /** With a request id, an invalid message is answered with an error; without one, the connection is closed. */
  #rejectMessage(text: string, error: CallError): void {
    const id = requestIdIn(text);
    if (id === undefined) return this.close(error);
    this.#options.handlers.onError(error);
    sendError(this, id, error);
  }

  #checkRate({ messages, bytes }: Load): void {
    if (!this.open) return;
    const { limits, address, config, handlers } = this.#options;
    const load = this.#load;
    load.messages += messages;
    load.bytes += bytes;
    if (load.messages === 0 && load.bytes < batchLimit.bytes) return;
    // 0 disables the limit.
    const maxOfConnection = config.messagesPerConnection || Infinity;
    const maxMessages = Math.max(1, Math.min(batchLimit.messages, Math.floor(maxOfConnection / 8)));
    if (load.messages < maxMessages && load.bytes < batchLimit.bytes) return;
    this.#load = { messages: 0, bytes: 0 };
    const allowed = handlers.isJoined(this)
      ? limits.messages(this.id, address, load)
      : limits.beforeJoin(this.id, address, load);
    void allowed.then((isWithin) => {
      if (!isWithin) this.close(new CallError('RATE_LIMITED'));
    });
  }
}
