import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * What a network does to the connections of one client. `silent` takes everything and passes nothing on, in one direction or in both:
 * neither end is told.
 */
export interface NetworkFault {
  readonly silent?: 'both' | 'to-server' | 'to-client';
  /** ms by which each piece is late. Its order is kept, as TCP does. */
  readonly delay?: number;
  /** New connections are closed at once. */
  readonly refuses?: boolean;
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  fault: NetworkFault;
}

/** Stands between a client and a server, and does what networks do. */
export class FaultyProxy {
  readonly #server: Server;
  readonly #pairs = new Set<Pair>();
  /** Also those of which one end is gone and the other was not told. */
  readonly #sockets = new Set<Socket>();
  /** For connections from now on. */
  #fault: NetworkFault = {};

  private constructor(port: number) {
    this.#server = createServer((client) => this.#accept(client, port));
  }

  static async start(port: number): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(port);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Breaks all connections; both ends are told. */
  cut(): void {
    for (const { client, server } of this.#pairs) {
      client.resetAndDestroy();
      server.resetAndDestroy();
    }
  }

  /** A fault of the connections that are open. One that is silent stays so: what it has lost is missing for ever. */
  disturb(fault: NetworkFault): void {
    for (const pair of this.#pairs) if (!pair.fault.silent) pair.fault = fault;
  }

  /** A fault of all connections from now on. */
  set(fault: NetworkFault): void {
    this.#fault = fault;
    this.disturb(fault);
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#server, 'close');
  }

  #accept(client: Socket, port: number): void {
    if (this.#fault.refuses) {
      client.resetAndDestroy();
      return;
    }
    const server = connect(port, '127.0.0.1');
    const pair: Pair = { client, server, fault: this.#fault };
    this.#pairs.add(pair);
    const end = (): void => {
      this.#pairs.delete(pair);
      // A silent connection does not even tell that the other end is gone.
      if (pair.fault.silent && this.#server.listening) return;
      client.destroy();
      server.destroy();
    };
    this.#forward(pair, client, server, 'to-server');
    this.#forward(pair, server, client, 'to-client');
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.on('error', end).on('close', () => {
        this.#sockets.delete(socket);
        end();
      });
    }
  }

  #forward(pair: Pair, from: Socket, to: Socket, direction: 'to-server' | 'to-client'): void {
    let last = Promise.resolve();
    from.on('data', (piece) => {
      const { delay = 0 } = pair.fault;
      last = last.then(async () => {
        if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
        const { silent } = pair.fault;
        if (silent !== 'both' && silent !== direction && to.writable) to.write(piece);
      });
    });
  }
}
