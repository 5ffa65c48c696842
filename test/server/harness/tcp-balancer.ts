import { createConnection, createServer, type AddressInfo } from 'node:net';

export interface Balancer {
  readonly url: string;
  close(): void;
}

/** A balancer that knows nothing but TCP: each connection goes to the next server that accepts it. */
export async function startBalancer(urls: readonly string[]): Promise<Balancer> {
  const ports = urls.map((url) => Number(new URL(url).port));
  let next = 0;
  const balancer = createServer((client) => {
    client.on('error', () => client.destroy());
    const connect = (attempts: number): void => {
      const port = ports[next++ % ports.length] ?? 0;
      const server = createConnection({ port, host: '127.0.0.1' });
      server.once('connect', () => {
        client.pipe(server).pipe(client);
        client.once('close', () => server.destroy());
      });
      server.on('error', () => {
        if (server.connecting || attempts === 0) client.destroy();
      });
      server.once('close', (hadError) => {
        if (hadError && server.bytesRead === 0 && attempts > 0) connect(attempts - 1);
        else client.destroy();
      });
    };
    connect(ports.length - 1);
  });
  await new Promise<void>((resolve) => balancer.listen(0, '127.0.0.1', resolve));
  const { port } = balancer.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => void balancer.close() };
}
