import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** Stands before a UDP server, and loses a share of what is sent to it. All that it gets from there is passed on. */
export class LossyRelay {
  /** 0 to 1. */
  loss = 0;
  sent = 0;
  lost = 0;
  readonly #outside = createSocket('udp4');
  /** One per client, so that the server tells them apart. */
  readonly #inside = new Map<string, Socket>();

  private constructor(private readonly serverPort: number) {
    this.#outside.on('message', (packet, { port, address }) => {
      this.sent += 1;
      if (Math.random() < this.loss) this.lost += 1;
      else this.#toServer(port, address).send(packet, this.serverPort, '127.0.0.1');
    });
  }

  static async start(serverPort: number): Promise<LossyRelay> {
    const relay = new LossyRelay(serverPort);
    relay.#outside.bind(0, '127.0.0.1');
    await once(relay.#outside, 'listening');
    return relay;
  }

  get port(): number {
    return this.#outside.address().port;
  }

  /** Loses that share from now on, and counts from zero. */
  lose(share: number): void {
    this.loss = share;
    this.sent = this.lost = 0;
  }

  close(): void {
    this.#outside.close();
    for (const socket of this.#inside.values()) socket.close();
  }

  #toServer(port: number, address: string): Socket {
    const key = `${address}:${port}`;
    const known = this.#inside.get(key);
    if (known) return known;
    const socket = createSocket('udp4');
    socket.on('message', (packet) => this.#outside.send(packet, port, address));
    this.#inside.set(key, socket);
    return socket;
  }
}
