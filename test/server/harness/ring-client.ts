import { once } from 'node:events';
import { WebSocket } from 'ws';
import { parseRingServerMessage } from '../../../src/protocol/parse-ring-message.js';
import { ringProtocolVersion, type RingServerMessage } from '../../../src/protocol/ring-messages.js';
import type { RingView } from '../../../src/domain/ring/ring-view.js';
import { createAuthToken } from '../../../src/server/auth/call-tokens.js';
import { testSecret as secret } from './test-server.js';

type Ack = Extract<RingServerMessage, { type: 'ack' }>;

/** A user's device on a real `/ring` socket. */
export class RingClient {
  #nextId = 1;
  readonly #views: RingView[] = [];
  readonly #waiters = new Set<() => void>();
  /** The calls in the answer to `hello`. */
  calls: readonly RingView[] = [];

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      const message = parseRingServerMessage(data.toString());
      if (message.type !== 'call') return;
      this.#views.push(message.call);
      this.#waiters.forEach((check) => check());
    });
  }

  /** The call as soon as it was pushed, now or before, with that status. */
  sees(sessionId: string, status: RingView['status']): Promise<RingView> {
    return new Promise((resolve) => {
      const check = (): void => {
        const found = this.#views.find((view) => view.sessionId === sessionId && view.status === status);
        if (!found) return;
        this.#waiters.delete(check);
        resolve(found);
      };
      this.#waiters.add(check);
      check();
    });
  }

  static async hello(url: string, uid: string, device = '1'): Promise<RingClient> {
    const client = new RingClient(new WebSocket(`${url.replace(/^http/, 'ws')}/ring`));
    await once(client.socket, 'open');
    const answer = await client.ask('hello', {
      protocol: ringProtocolVersion,
      token: await createAuthToken({ secret, user: { uid, name: uid.toUpperCase() } }),
      ...{ deviceId: `${uid}-${device}`, known: [], joined: [] },
    });
    client.calls = (answer as unknown as { readonly calls: readonly RingView[] }).calls;
    return client;
  }

  /** Sends a request; rejects with what the server refuses. */
  async ask(type: string, fields: object): Promise<{ readonly call: RingView }> {
    const id = this.#nextId++;
    const answered = new Promise<Ack>((resolve) => {
      const onMessage = (data: Buffer): void => {
        const message = parseRingServerMessage(data.toString());
        if (message.type !== 'ack' || message.id !== id) return;
        this.socket.off('message', onMessage);
        resolve(message);
      };
      this.socket.on('message', onMessage);
    });
    this.socket.send(JSON.stringify({ type, id, ...fields }));
    const { answer, error } = await answered;
    if (error) throw Object.assign(new Error(error.message), error);
    return answer as { readonly call: RingView };
  }

  close(): void {
    this.socket.close();
  }
}
