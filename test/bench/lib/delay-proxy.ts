import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

export interface DelayProxy {
  readonly port: number;
  close(): void;
}

/** A TCP proxy on loopback that holds every byte back for `oneWay` ms in each direction; connecting takes a round trip as well. */
export async function delayProxy(target: number, oneWay: number): Promise<DelayProxy> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (near) => {
    // The TCP handshake is not delayed by a proxy; its round trip is added to the first bytes instead.
    const openAt = performance.now() + 2 * oneWay;
    const far = connect({ port: target, host: '127.0.0.1', allowHalfOpen: true });
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => [near, far].forEach((each) => each.destroy()));
      socket.on('close', () => sockets.delete(socket));
    }
    pipe(near, far, oneWay, openAt);
    pipe(far, near, oneWay, 0);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close();
      sockets.forEach((socket) => socket.destroy());
    },
  };
}

function pipe(from: Socket, to: Socket, oneWay: number, notBefore: number): void {
  const later = (act: () => void): void => {
    const wait = Math.max(oneWay, notBefore + oneWay - performance.now());
    setTimeout(act, wait);
  };
  from.on('data', (bytes: Buffer) => later(() => to.destroyed || to.write(bytes)));
  from.on('end', () => later(() => to.destroyed || to.end()));
}
