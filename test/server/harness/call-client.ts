import { once } from 'node:events';
import WebSocket from 'ws';
import { initialParticipantState, type ParticipantState } from '../../../src/domain/call/participant.js';
import {
  protocolVersion,
  type Ack,
  type ClientRequest,
  type Failure,
  type JoinAnswer,
  type ServerMessage,
  type ServerPush,
} from '../../../src/protocol/messages.js';
import { parseServerMessage } from '../../../src/protocol/parse-message.js';

type PushOf<Type extends ServerPush['type']> = Extract<ServerPush, { type: Type }>;

interface JoinOptions {
  readonly resume?: string;
  readonly state?: Partial<ParticipantState>;
  /** The transport that a returning client remembers. */
  readonly media?: { readonly transport: 'mesh' | 'sfu'; readonly generation: number };
}

/** A client on a real socket: every answer is parsed against the protocol, every message is kept until asked for. */
export class CallClient {
  readonly #messages: ServerMessage[] = [];
  readonly #waiters = new Set<() => void>();
  #nextId = 1;
  closed: { readonly code: number; readonly reason: string } | null = null;

  constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      this.#messages.push(parseServerMessage(data.toString()));
      this.#waiters.forEach((check) => check());
    });
    socket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() };
      this.#waiters.forEach((check) => check());
    });
    socket.on('error', () => undefined);
  }

  static async connect(url: string): Promise<CallClient> {
    const client = new CallClient(new WebSocket(`${url.replace(/^http/, 'ws')}/signal`));
    await once(client.socket, 'open');
    return client;
  }

  async join(token: string, { resume, state = {}, media }: JoinOptions = {}): Promise<JoinAnswer> {
    const { answer, error } = await this.request({
      type: 'join',
      protocol: protocolVersion,
      token,
      ...(resume !== undefined && { resume }),
      state: { ...initialParticipantState, ...state },
      ...(media && { media }),
    });
    if (error) throw Object.assign(new Error(error.message), error);
    return answer as JoinAnswer;
  }

  /** Sends a request and waits for its `ack`. */
  request(request: ClientRequest): Promise<Ack> {
    const id = this.#nextId++;
    this.raw(JSON.stringify({ ...request, id }));
    return this.ack(id);
  }

  ack(id: number): Promise<Ack> {
    return this.takeMessage(
      (message): message is Ack => message.type === 'ack' && message.id === id,
      `ack ${id}`,
    );
  }

  /** The next push of that type, from now or from before. */
  receives<Type extends ServerPush['type']>(type: Type): Promise<PushOf<Type>> {
    return this.takeMessage((message): message is PushOf<Type> => message.type === type, type);
  }

  /** What was said and not yet asked for. A `ping` before it makes sure that all has arrived. */
  async unread(): Promise<readonly ServerMessage[]> {
    await this.request({ type: 'ping' });
    return this.#messages.splice(0);
  }

  async rejected(request: ClientRequest): Promise<Failure> {
    const { error } = await this.request(request);
    if (!error) throw new Error(`${request.type} was not refused`);
    return error;
  }

  async ends(): Promise<{ readonly code: number; readonly reason: string }> {
    return this.#until(() => this.closed ?? undefined, 'the end of the connection');
  }

  /** As if the network took everything and gave nothing back: not even heartbeats are answered. */
  stopReading(): void {
    this.socket.pause();
  }

  raw(text: string | Buffer): void {
    this.socket.send(text);
  }

  takeMessage<Wanted extends ServerMessage>(
    isWanted: (message: ServerMessage) => message is Wanted,
    name: string,
  ): Promise<Wanted> {
    return this.#until(() => {
      const at = this.#messages.findIndex(isWanted);
      return at === -1 ? undefined : (this.#messages.splice(at, 1)[0] as Wanted);
    }, name);
  }

  #until<Found>(find: () => Found | undefined, name: string): Promise<Found> {
    return new Promise((resolve, reject) => {
      const check = (): void => {
        const found = find();
        // On a closed connection, nothing more arrives.
        if (found === undefined) return this.closed ? fail() : undefined;
        clearTimeout(timer);
        this.#waiters.delete(check);
        resolve(found);
      };
      const fail = (): void => {
        clearTimeout(timer);
        this.#waiters.delete(check);
        const received = this.#messages.map(({ type }) => type).join(', ');
        reject(new Error(`waited for ${name}; heard: ${received}; closed: ${JSON.stringify(this.closed)}`));
      };
      const timer = setTimeout(fail, 30_000);
      this.#waiters.add(check);
      check();
    });
  }
}
