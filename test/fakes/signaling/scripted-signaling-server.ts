import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { CallError, type CallErrorCode } from '../../../src/domain/call-error.js';
import { initialParticipantState } from '../../../src/domain/call/participant.js';
import type { ClientMessage, ClientMessageType, JoinAnswer } from '../../../src/protocol/messages.js';
import { readEarlyJoin } from '../../../src/protocol/early-join.js';
import { parseClientMessage } from '../../../src/protocol/parse-message.js';

/** What a request is answered with; `'silence'`: nothing at all. */
export type ScriptedReply =
  { readonly answer?: unknown } | { readonly refuse: CallErrorCode; readonly details?: unknown } | 'silence';

export interface ScriptedConnection {
  readonly socket: WebSocket;
  readonly path: string;
  readonly received: ClientMessage[];
}

/** A signalling server that does what a test tells it: refuse, fall silent, cut, stop, come back. */
export class ScriptedSignalingServer {
  readonly connections: ScriptedConnection[] = [];
  /** What each type of request is answered with; `join` gets `answerOf()` by default. */
  readonly replies: Partial<Record<ClientMessageType, (message: ClientMessage) => ScriptedReply>> = {};
  /** Reads and says nothing any more, as after a cable was pulled. */
  unresponsive = false;
  #http: Server | undefined;
  #port = 0;
  readonly #watchers = new Set<() => void>();

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Listens, after a stop on the same port again. */
  async start(): Promise<this> {
    this.#http = createServer();
    const sockets = new WebSocketServer({ server: this.#http, perMessageDeflate: false });
    sockets.on('connection', (socket, { url = '', headers }) => {
      const join = readEarlyJoin(headers['sec-websocket-protocol']);
      this.#connected(socket, url);
      if (join !== undefined) socket.emit('message', Buffer.from(join));
    });
    this.#http.listen(this.#port, '127.0.0.1');
    await once(this.#http, 'listening');
    this.#port = (this.#http.address() as AddressInfo).port;
    return this;
  }

  /** Dies: all connections are cut. */
  async stop(): Promise<void> {
    const stopped = new Promise((resolve) => this.#http?.close(resolve));
    this.disconnect();
    this.#http?.closeAllConnections();
    await stopped;
  }

  disconnect(): void {
    for (const { socket } of this.connections) socket.terminate();
  }

  /** Sends to the newest connection: a message, or whatever text. */
  push(message: unknown): void {
    this.latest.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  get latest(): ScriptedConnection {
    const latest = this.connections.at(-1);
    if (!latest) throw new Error('Nobody has connected.');
    return latest;
  }

  /** Every message of a type that was received, from all connections. */
  received<Type extends ClientMessageType>(type: Type): Extract<ClientMessage, { type: Type }>[] {
    return this.connections
      .flatMap(({ received }) => received)
      .filter((message): message is Extract<ClientMessage, { type: Type }> => message.type === type);
  }

  /** Resolves when `condition` holds; it is looked at whenever something happens. */
  async until(condition: () => boolean, what: string): Promise<void> {
    if (condition()) return;
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`in vain: ${what}`)), 5_000);
      const check = (): void => {
        if (!condition()) return;
        clearTimeout(late);
        this.#watchers.delete(check);
        resolve();
      };
      this.#watchers.add(check);
    });
  }

  #connected(socket: WebSocket, path: string): void {
    const connection: ScriptedConnection = { socket, path, received: [] };
    this.connections.push(connection);
    socket.on('message', (data) => {
      if (this.unresponsive) return;
      const message = parseClientMessage(String(data as Buffer));
      connection.received.push(message);
      this.#reply(connection, message);
      this.#notifyWatchers();
    });
    socket.on('close', () => this.#notifyWatchers());
    this.#notifyWatchers();
  }

  #reply({ socket }: ScriptedConnection, message: ClientMessage): void {
    const fallback: ScriptedReply = message.type === 'join' ? { answer: answerOf() } : {};
    const respond = this.replies[message.type]?.(message) ?? fallback;
    if (respond === 'silence') return;
    const { id } = message;
    if (!('refuse' in respond)) return socket.send(JSON.stringify({ type: 'ack', id, ...respond }));
    const { code, message: text } = new CallError(respond.refuse);
    const { details } = respond;
    socket.send(JSON.stringify({ type: 'ack', id, error: { code, message: `refused: ${text}`, details } }));
  }

  #notifyWatchers(): void {
    for (const check of [...this.#watchers]) check();
  }
}

/** The answer to the join of a participant who is alone. */
export function answerOf(changes: Partial<Extract<JoinAnswer, { transport: 'mesh' }>> = {}): JoinAnswer {
  return {
    sessionId: 'standup',
    self: {
      ...initialParticipantState,
      id: 'ann-1',
      uid: 'ann',
      name: 'Ann',
      avatar: '',
      order: 1,
      joinedAt: 1,
      connection: 'connected',
    },
    participants: [],
    resume: 'resume-1',
    transport: 'mesh',
    generation: 0,
    iceServers: [],
    graceMs: 30_000,
    serverId: 'server-1',
    ...changes,
  };
}
