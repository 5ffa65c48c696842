import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { nanoid } from 'nanoid';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { asCallError, CallError } from '../../domain/call-error.js';
import { maxJoinBytes, maxMessageBytes } from '../../protocol/messages.js';
import { clientAddress, requestOrigin } from '../http/client-address.js';
import { closeCodeFor } from './close-codes.js';
import { toFailure, sendError, type Connection } from './connection.js';
import { DeadlineQueue, type Clock } from '../limits/deadline-queue.js';
import type { Load, RateLimits } from '../limits/rate-limits.js';
import type { ServerConfig } from '../config/server-config.js';
import { WriteBatch } from './cork-writes.js';

/** Handles the events of an endpoint's sockets. */
export interface SocketHandlers<Message> {
  /** Throws a CallError for an invalid message. */
  parse(text: string): Message;
  receive(connection: Connection, message: Message): Promise<void>;
  disconnected(connection: Connection): void;
  /** Whether the connection's first message was accepted. Otherwise it is closed after `joinTimeoutMs`. */
  isJoined(connection: Connection): boolean;
  onError(error: CallError): void;
}

export interface SocketOptions<Message> {
  readonly config: ServerConfig;
  readonly limits: RateLimits;
  readonly clock: Clock;
  readonly handlers: SocketHandlers<Message>;
}

/** A client that does not read is disconnected when more bytes than this are buffered for it. */
const maxBufferedBytes = 4 * 1024 * 1024;

/** Reading from a client pauses while more messages than this wait to be handled. */
const maxWaitingMessages = 64;

/** The rate is checked once per this many messages or bytes, which keeps relaying cheap. */
const batchLimit = { messages: 16, bytes: 64 * 1024 };

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
  readonly #heartbeat: NodeJS.Timeout;
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
    this.#heartbeat = setInterval(
      () => this.#sockets.forEach((socket) => socket.checkHeartbeat()),
      config.heartbeatMs,
    );
    // The sockets keep the process running; the heartbeat must not.
    this.#heartbeat.unref();
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
      const socket = new ClientSocket(webSocket, duplex, {
        ...this.options,
        address,
        origin,
        batch: this.#batch,
      });
      this.#sockets.add(socket);
      webSocket.on('close', () => {
        this.#sockets.delete(socket);
        if (this.#sockets.size === 0) this.#onDrained?.();
      });
      if (this.#lifetime.signal.aborted) return socket.close(new CallError('SERVER_STOPPING'));
      this.#unjoined.add(socket);
      void isWithin.then((allowed) => {
        if (!allowed) socket.close(new CallError('RATE_LIMITED'));
      });
    });
  }

  /** Closes all connections with SERVER_STOPPING. Those still open after `graceMs` are terminated. */
  async stop(graceMs = 2000): Promise<void> {
    this.#lifetime.abort();
    clearInterval(this.#heartbeat);
    for (const socket of this.#sockets) socket.close(new CallError('SERVER_STOPPING'));
    if (this.#sockets.size === 0) return;
    const timer = setTimeout(() => this.#sockets.forEach((socket) => socket.terminate()), graceMs);
    await new Promise<void>((resolve) => (this.#onDrained = resolve));
    clearTimeout(timer);
  }
}

interface ClientSocketOptions<Message> extends SocketOptions<Message> {
  readonly address: string;
  readonly origin: string;
  readonly batch: WriteBatch;
}

/** One client's socket. There may be very many: no timers, and few closures. */
class ClientSocket<Message> implements Connection {
  readonly id = nanoid();
  readonly origin: string;
  readonly #socket: WebSocket;
  readonly #options: ClientSocketOptions<Message>;
  #answeredHeartbeat = true;
  /** Received but not yet counted against the limits. */
  #load = { messages: 0, bytes: 0 };
  /** The number of messages waiting to be handled. */
  #waiting = 0;
  #last: Promise<void> = Promise.resolve();
  /** The server has closed the connection: later messages are ignored. */
  #ended = false;

  constructor(
    socket: WebSocket,
    private readonly duplex: Duplex,
    options: ClientSocketOptions<Message>,
  ) {
    this.origin = options.origin;
    this.#socket = socket;
    this.#options = options;
    // Bytes are counted as they arrive, not per complete message: a `join` may be large.
    duplex.on('data', ({ length }: Buffer) => this.#checkRate({ messages: 0, bytes: length }));
    socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    socket.on('pong', () => (this.#answeredHeartbeat = true));
    // Messages received before the close, such as a leave, are still handled.
    socket.on('close', () => void this.#last.then(() => options.handlers.disconnected(this)));
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
    this.#options.handlers.disconnected(this);
    this.#options.handlers.onError(error);
    this.send(JSON.stringify({ type: 'closing', error: toFailure(error) }));
    this.#socket.close(closeCodeFor(error.code), error.code);
  }

  /** Closes the connection without a close handshake. */
  terminate(): void {
    this.#socket.terminate();
  }

  /** Terminates a connection that did not answer the last heartbeat, or sends the next one. */
  checkHeartbeat(): void {
    if (!this.#answeredHeartbeat) return this.terminate();
    this.#answeredHeartbeat = false;
    this.#socket.ping();
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (!this.open) return;
    const bytes = data as Buffer;
    this.#checkRate({ messages: 1, bytes: 0 });
    const maxBytes = this.#options.handlers.isJoined(this) ? maxMessageBytes : maxJoinBytes;
    if (bytes.length > maxBytes)
      return this.close(new CallError('MESSAGE_TOO_LARGE', { details: { maxBytes } }));
    if (isBinary)
      return this.close(new CallError('MESSAGE_MALFORMED', { details: 'Messages are text, not binary.' }));
    const text = bytes.toString();
    if (++this.#waiting > maxWaitingMessages) this.#socket.pause();
    this.#last = this.#last.then(() => this.#handle(text));
  }

  /** Messages of one client are handled strictly in order. */
  async #handle(text: string): Promise<void> {
    try {
      const { handlers } = this.#options;
      if (!this.#ended) await handlers.receive(this, handlers.parse(text));
    } catch (error) {
      this.#rejectMessage(text, asCallError(error));
    }
    if (--this.#waiting === 0 && this.#socket.isPaused) this.#socket.resume();
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
    const maxMessages = Math.max(
      1,
      Math.min(batchLimit.messages, Math.floor(config.messagesPerConnection / 8)),
    );
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

/** The request id in unvalidated text, so that even an invalid request can be answered. */
export function requestIdIn(text: string): number | undefined {
  try {
    const { id } = JSON.parse(text) as { readonly id?: unknown };
    return typeof id === 'number' && Number.isSafeInteger(id) && id >= 0 ? id : undefined;
  } catch {
    // Not JSON, or `null`.
    return undefined;
  }
}
