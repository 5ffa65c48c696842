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

/** What is done with what the sockets bring. */
export interface SocketHandlers<Message> {
  /** Throws a CallError for what is no such message. */
  parse(text: string): Message;
  receive(connection: Connection, message: Message): Promise<void>;
  disconnected(connection: Connection): void;
  /** Whether its first message has been accepted; a connection that keeps silent is closed. */
  isJoined(connection: Connection): boolean;
  onError(error: CallError): void;
}

export interface SocketOptions<Message> {
  readonly config: ServerConfig;
  readonly limits: RateLimits;
  readonly clock: Clock;
  readonly handlers: SocketHandlers<Message>;
}

/** A client that does not read is cut when so much waits for it. */
const maxBufferedBytes = 4 * 1024 * 1024;

/** Of a client that sends faster than it is answered, no more is read while so many messages wait. */
const maxWaitingMessages = 64;

/** Messages and bytes are counted in portions of at most this: that keeps relaying cheap. */
const portion = { messages: 16, bytes: 64 * 1024 };

const socketSettings = {
  noServer: true,
  perMessageDeflate: false,
  clientTracking: false,
  // More than is allowed: up to here the client is told what was wrong before the connection is closed.
  maxPayload: maxJoinBytes + 1024 * 1024,
  // ms to wait for the client to agree to the end.
  closeTimeout: 3000,
};

/** All connections of one path. The only file that knows the socket library. */
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
    // The sockets keep the process running, not that they are looked after.
    this.#heartbeat.unref();
  }

  get size(): number {
    return this.#sockets.size;
  }

  /** Takes over an HTTP connection that wants to become a WebSocket. */
  accept(request: IncomingMessage, duplex: Duplex, head: Buffer): void {
    const { config, limits } = this.options;
    const address = clientAddress(request, config.trustedProxies);
    const origin = requestOrigin(request, config.trustedProxies);
    // A handshake that the library refuses counts too.
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

  /** Says goodbye to everybody; whoever has not gone after `graceMs` ms is cut. */
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

/** One client. There may be very many: no timers, and few closures. */
class ClientSocket<Message> implements Connection {
  readonly id = nanoid();
  readonly origin: string;
  readonly #socket: WebSocket;
  readonly #options: ClientSocketOptions<Message>;
  #answeredHeartbeat = true;
  /** What was received and not yet weighed against the limits. */
  #load = { messages: 0, bytes: 0 };
  /** Messages that wait for those before them. */
  #waiting = 0;
  #last: Promise<void> = Promise.resolve();
  /** The server has closed the connection: what still comes is not looked at. */
  #ended = false;

  constructor(
    socket: WebSocket,
    private readonly duplex: Duplex,
    options: ClientSocketOptions<Message>,
  ) {
    this.origin = options.origin;
    this.#socket = socket;
    this.#options = options;
    // Bytes are counted as they come, and not when a message is complete: a `join` may be large.
    duplex.on('data', ({ length }: Buffer) => this.#checkRate({ messages: 0, bytes: length }));
    socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    socket.on('pong', () => (this.#answeredHeartbeat = true));
    // What it said before it went, such as a leave, still counts.
    socket.on('close', () => void this.#last.then(() => options.handlers.disconnected(this)));
    // The library closes the connection itself; without a listener the process would end.
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
    // The others need not wait until the client has agreed to the end.
    this.#options.handlers.disconnected(this);
    this.#options.handlers.onError(error);
    this.send(JSON.stringify({ type: 'closing', error: toFailure(error) }));
    this.#socket.close(closeCodeFor(error.code), error.code);
  }

  /** Ends the connection without the other side having to agree. */
  terminate(): void {
    this.#socket.terminate();
  }

  /** Cuts a connection that did not answer the last heartbeat, and asks again. */
  checkHeartbeat(): void {
    if (!this.#answeredHeartbeat) return this.terminate();
    this.#answeredHeartbeat = false;
    this.#socket.ping();
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (!this.open) return;
    const bytes = data as Buffer;
    this.#checkRate({ messages: 1, bytes: 0 });
    const most = this.#options.handlers.isJoined(this) ? maxMessageBytes : maxJoinBytes;
    if (bytes.length > most)
      return this.close(new CallError('MESSAGE_TOO_LARGE', { details: { maxBytes: most } }));
    if (isBinary)
      return this.close(new CallError('MESSAGE_MALFORMED', { details: 'Messages are text, not binary.' }));
    const text = bytes.toString();
    if (++this.#waiting > maxWaitingMessages) this.#socket.pause();
    this.#last = this.#last.then(() => this.#handle(text));
  }

  /** One message after the other: what a client says first is done first, however long that takes. */
  async #handle(text: string): Promise<void> {
    try {
      const { handlers } = this.#options;
      if (!this.#ended) await handlers.receive(this, handlers.parse(text));
    } catch (error) {
      this.#rejectMessage(text, asCallError(error));
    }
    if (--this.#waiting === 0 && this.#socket.isPaused) this.#socket.resume();
  }

  /** With an id, a bad message fails like any request; without one there is nothing that could be answered. */
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
    const few = Math.max(1, Math.min(portion.messages, Math.floor(config.messagesPerConnection / 8)));
    if (load.messages < few && load.bytes < portion.bytes) return;
    this.#load = { messages: 0, bytes: 0 };
    const allowed = handlers.isJoined(this)
      ? limits.messages(this.id, address, load)
      : limits.beforeJoin(this.id, address, load);
    void allowed.then((isWithin) => {
      if (!isWithin) this.close(new CallError('RATE_LIMITED'));
    });
  }
}

/** The id of a message that may be anything, so that even a bad request can be answered. */
export function requestIdIn(text: string): number | undefined {
  try {
    const { id } = JSON.parse(text) as { readonly id?: unknown };
    return typeof id === 'number' && Number.isSafeInteger(id) && id >= 0 ? id : undefined;
  } catch {
    // Not JSON, or `null`: it has no id.
    return undefined;
  }
}
