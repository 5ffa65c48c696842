import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { ConfigError, type ServerConfig } from '../config/server-config.js';
import { answerClientError, maxHeaderSize } from './client-error.js';

/** The call server's own HTTP server. */
export interface HttpListener {
  /** Throws before `listen` has resolved. */
  readonly url: string;
  readonly port: number;
  /** Creates the HTTP server, lets `prepare` attach its handlers, and listens. Rejects with a ConfigError. */
  listen(prepare: (server: Server) => void): Promise<void>;
  /** Stops listening. `destroySockets` ends the connections that are still open; the promise resolves after that. */
  close(): { readonly closed: Promise<void> | undefined; readonly destroySockets: () => void };
}

/** `onDrop`: a connection was refused, because there are as many as there may be. */
export function createHttpListener(config: ServerConfig, onDrop: () => void): HttpListener {
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  return {
    get url() {
      return urlOf(config, portOf(server));
    },
    get port() {
      return portOf(server);
    },
    listen: async (prepare) => {
      server = createServer({ maxHeaderSize });
      server.on('clientError', answerClientError);
      server.maxConnections = config.maxConnections;
      server.on('drop', onDrop);
      prepare(server);
      server.on('connection', (socket: Socket) => {
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket));
      });
      await startListening(server, config);
    },
    close: () => ({
      closed: server?.listening ? stopListening(server) : undefined,
      // Includes those that Node no longer tracks as HTTP connections: upgraded or half-open ones.
      destroySockets: () => sockets.forEach((socket) => socket.destroy()),
    }),
  };
}

async function startListening(server: Server, { port, host, dev }: ServerConfig): Promise<void> {
  // In development mode, anyone who reaches the server gets tokens. Only this host does, unless `host` is set.
  const address = host ?? (dev ? '127.0.0.1' : undefined);
  await new Promise<void>((resolve, reject) => {
    // Remains registered, so that a later failure to accept a connection does not end the process.
    server.on('error', (error: NodeJS.ErrnoException) => reject(readableError(error, port, address)));
    server.listen({ port, ...(address !== undefined && { host: address }) }, resolve);
  });
}

function readableError(error: NodeJS.ErrnoException, port: number, host = ''): Error {
  if (error.code === 'EADDRINUSE')
    return new ConfigError([`Port ${port} is in use. Choose another with --port ${port + 1} or PORT.`]);
  if (error.code === 'EACCES')
    return new ConfigError([
      `Port ${port} requires elevated privileges. Choose one above 1023 with --port 3000 or PORT.`,
    ]);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return new ConfigError([`${host} is not an address of this host (--host or HOST).`]);
  return error;
}

function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

function portOf(server: Server | undefined): number {
  const address = server?.address() as AddressInfo | null | undefined;
  if (!address) throw new Error('The call server is not listening.');
  return address.port;
}

function urlOf({ host = 'localhost' }: ServerConfig, port: number): string {
  const isWildcard = ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(host);
  const name = isWildcard ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
