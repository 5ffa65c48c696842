// Signals a second that the server passes on, each checked, authorised, counted and acknowledged, against a bare
// WebSocket relay that checks nothing. Both sides run in this process, on the same cores.
import type { AddressInfo } from 'node:net';
import { WebSocketServer, WebSocket } from 'ws';
import { startServer } from '../server/harness/test-server.js';
import { reportRatio } from './ratio.js';

const rounds = 5;
const messages = 5000;
const sdp = 'v=0\r\n'.padEnd(2000, 'a=candidate:1 1 udp 1 192.0.2.1 1 typ host\r\n');

const server = await startServer({
  messagesPerConnection: 0,
  messagesPerAddress: 0,
  connectionsPerAddress: 0,
  requestsPerAddress: 0,
});
const ada = await server.member('ada');
const bob = await server.member('bob');

const relay = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
await new Promise((listening) => relay.once('listening', listening));
relay.on('connection', (socket) =>
  socket.on('message', (message) => {
    for (const other of relay.clients) if (other !== socket) other.send(message, { binary: false });
  }),
);
const url = `ws://127.0.0.1:${(relay.address() as AddressInfo).port}`;
const ends = await Promise.all([open(url), open(url)]);

const ours: number[] = [];
const floor: number[] = [];
for (let round = 0; round < rounds; round++) {
  floor.push(await bare());
  ours.push(await signals());
}
reportRatio('Time to pass on 5000 signals of 2 kB', 'ms', ours, floor);
ends.forEach((end) => end.terminate());
relay.close();
await server.stop();

async function signals(): Promise<number> {
  const started = performance.now();
  const asked = Array.from({ length: messages }, () =>
    ada.client.ask({ type: 'signal', to: bob.id, epoch: 1, data: { type: 'offer', sdp } }),
  );
  await Promise.all(asked);
  return performance.now() - started;
}

async function bare(): Promise<number> {
  const [from, to] = ends;
  if (!from || !to) throw new Error('The relay has two ends.');
  const started = performance.now();
  const all = new Promise<void>((done) => {
    let heard = 0;
    const count = (): void => {
      if (++heard < messages) return;
      to.off('message', count);
      done();
    };
    to.on('message', count);
  });
  for (let sent = 0; sent < messages; sent++)
    from.send(JSON.stringify({ to: 'bob', data: { type: 'offer', sdp } }));
  await all;
  return performance.now() - started;
}

function open(address: string): Promise<WebSocket> {
  return new Promise((opened, failed) => {
    const socket = new WebSocket(address, { perMessageDeflate: false });
    socket.once('open', () => opened(socket));
    socket.once('error', failed);
  });
}
