import { spawn, type ChildProcess } from 'node:child_process';
import { createReadStream, existsSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { WebSocketServer, type WebSocket } from 'ws';
import { nostrRelay } from './servers/nostr-relay.js';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.cjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** Libraries that a page loads before its own script. */
const libraries: Readonly<Record<string, string>> = {
  'simple-peer': '.bench/node_modules/simple-peer/simplepeer.min.js',
  peerjs: '.bench/node_modules/peerjs/dist/peerjs.min.js',
};

/** Serves a page per system, and the signalling each of them needs, all on loopback. */
export class BenchHost {
  readonly #http: Server;
  readonly #relay = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  readonly #nostr = nostrRelay();
  readonly #rooms = new Map<string, Set<WebSocket>>();
  #peerServer: { readonly process: ChildProcess; readonly port: number } | undefined;
  #trystero = '';

  constructor() {
    this.#http = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://bench').pathname;
      const page = /^\/([a-z-]+)\.html$/.exec(path)?.[1];
      if (page) response.setHeader('content-type', 'text/html').end(this.#page(page));
      else if (path === '/trystero.bundle.js')
        response.setHeader('content-type', types['.js'] ?? '').end(this.#trystero);
      else this.#file(path.slice(1), response);
    });
    this.#http.on('upgrade', (request, socket, head) =>
      this.#relay.handleUpgrade(request, socket, head, (opened) =>
        this.#enter(new URL(request.url ?? '/', 'http://bench').searchParams.get('room') ?? '', opened),
      ),
    );
  }

  get port(): number {
    return (this.#http.address() as AddressInfo).port;
  }

  /** What a page's `join` receives: where its signalling is. */
  addresses(port = this.port): {
    readonly relay: string;
    readonly nostr: string;
    readonly peerServer: number;
  } {
    return {
      relay: `ws://127.0.0.1:${port}`,
      nostr: `ws://127.0.0.1:${(this.#nostr.address() as AddressInfo).port}`,
      peerServer: this.#peerServer?.port ?? 0,
    };
  }

  async start(): Promise<void> {
    await new Promise<void>((listening) => this.#http.listen(0, '127.0.0.1', listening));
    const { outputFiles } = await build({
      entryPoints: ['test/bench/pages/trystero.js'],
      bundle: true,
      minify: true,
      format: 'esm',
      write: false,
      nodePaths: ['.bench/node_modules'],
    });
    this.#trystero = outputFiles[0]?.text ?? '';
    this.#peerServer = await startNode('test/bench/lib/servers/peer-server.mjs');
  }

  stop(): void {
    this.#peerServer?.process.kill();
    for (const server of [this.#relay, this.#nostr]) {
      server.clients.forEach((socket) => socket.terminate());
      server.close();
    }
    this.#http.close();
    this.#http.closeAllConnections();
  }

  /** What one says, the others of the room get; what was said before they came, too. */
  #enter(name: string, socket: WebSocket): void {
    const room = this.#rooms.get(name) ?? new Set();
    this.#rooms.set(name, room.add(socket));
    socket.on('message', (message) => {
      for (const other of room) if (other !== socket) other.send(message, { binary: false });
    });
    socket.on('close', () => room.delete(socket) && room.size === 0 && this.#rooms.delete(name));
    socket.on('error', () => socket.terminate());
  }

  #page(name: string): string {
    const scripts =
      name === 'call'
        ? '<script type="module" src="/dist/cdn/cometchat-call-element.min.js"></script><script src="/test/bench/pages/call.js"></script>'
        : name === 'trystero'
          ? '<script type="module" src="/trystero.bundle.js"></script>'
          : `${libraries[name] ? `<script src="/${libraries[name]}"></script>` : ''}<script src="/test/bench/pages/${name}.js"></script>`;
    return `<!doctype html><meta charset="utf-8"><title>${name}</title><style>cometchat-call, video { width: 640px; height: 360px; display: block }</style>${scripts}`;
  }

  #file(path: string, response: ServerResponse): void {
    if (
      !/^(?:dist|test\/bench\/pages|\.bench\/node_modules)\//.test(path) ||
      path.includes('..') ||
      !existsSync(path)
    )
      return void response.writeHead(404).end();
    response.setHeader('content-type', types[extname(path)] ?? 'application/octet-stream');
    createReadStream(join(process.cwd(), path)).pipe(response);
  }
}

/** Starts a script that prints the port it listens on as its first line. */
export async function startNode(
  script: string,
  args: readonly string[] = [],
  flags: readonly string[] = [],
): Promise<{ readonly process: ChildProcess; readonly port: number }> {
  const child = spawn(process.execPath, [...flags, script, ...args], {
    stdio: ['pipe', 'pipe', 'inherit', 'ipc'],
  });
  if (!child.stdout) throw new Error(`${script} has no output.`);
  const port = await new Promise<number>((resolve, reject) => {
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).once('line', (line) =>
      resolve(Number(line)),
    );
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code}.`)));
  });
  return { process: child, port };
}
