// The call server's relay against a bare one that checks nothing, PeerJS's server and socket.io. Each server is a process of its
// own; what is counted is the processor time that it used itself.
import type { ChildProcess } from 'node:child_process';
import { startNode } from './lib/bench-host.js';
import { rounds, secret, wanted } from './lib/options.js';
import { reportRatios } from './lib/report.js';
import {
  callClient,
  peerClient,
  relayClient,
  socketIoClient,
  tokenOf,
  type Connect,
  type SignalClient,
} from './lib/signal-clients.js';
import { percentile } from './lib/statistics.js';

interface Contestant {
  readonly name: string;
  readonly script: string;
  readonly connect: Connect;
}

interface Usage {
  readonly cpu: NodeJS.CpuUsage;
  readonly memory: NodeJS.MemoryUsage;
}

const contestants: readonly Contestant[] = [
  { name: 'floor, bare relay', script: 'bare-relay', connect: relayClient },
  { name: 'cometchat-call', script: 'call-server', connect: callClient },
  { name: 'PeerJS server', script: 'peer-server', connect: peerClient },
  { name: 'socket.io', script: 'socket-io-server', connect: socketIoClient },
].filter(({ name }) => wanted(name));

const pairs = 20;
const messages = 20_000;
const idleConnections = 4000;
const joins = 2000;
const perSecond = 5000;

const measures = {
  'Processor time per relayed signal': { unit: 'us', measure: relayCost },
  'p99 at 5,000 signals a second': { unit: 'ms', measure: latency },
  'Memory per idle connection': { unit: 'KiB', measure: idleMemory },
  'Processor time per join': { unit: 'us', measure: joinCost },
} as const;

for (const [title, { unit, measure }] of Object.entries(measures)) {
  const values = new Map(contestants.map(({ name }) => [name, [] as number[]]));
  for (let round = -1; round < rounds; round++)
    for (const contestant of contestants) {
      const value = await withServer(contestant, measure);
      if (round >= 0) values.get(contestant.name)?.push(value);
    }
  reportRatios(
    title,
    unit,
    [...values].map(([name, all]) => ({ name, values: all })),
  );
}

type Measure = (contestant: Contestant, port: number, usage: () => Promise<Usage>) => Promise<number>;

async function withServer(contestant: Contestant, measure: Measure): Promise<number> {
  const { process: child, port } = await startNode(
    `test/bench/lib/servers/${contestant.script}.mjs`,
    [secret],
    ['--expose-gc', '--enable-source-maps'],
  );
  try {
    return await measure(contestant, port, () => usageOf(child));
  } finally {
    child.kill();
  }
}

function usageOf(child: ChildProcess): Promise<Usage> {
  return new Promise((resolve) => {
    child.once('message', (usage) => resolve(usage as Usage));
    child.send('usage');
  });
}

async function connectAll({ connect }: Contestant, port: number, count: number): Promise<SignalClient[]> {
  const clients: SignalClient[] = [];
  // A hundred at a time: a listen queue is finite.
  for (let from = 0; from < count; from += 100)
    clients.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(100, count - from) }, (_, at) => connect(port, `user${from + at}`)),
      )),
    );
  return clients;
}

/** Saturated: every pair sends its next signal when one has arrived. */
async function relayCost(contestant: Contestant, port: number, usage: () => Promise<Usage>): Promise<number> {
  const clients = await connectAll(contestant, port, 2 * pairs);
  await relay(clients, messages / 10);
  const before = await usage();
  await relay(clients, messages);
  const { user, system } = (await usage()).cpu;
  clients.forEach(({ socket }) => socket.terminate());
  return (user + system - before.cpu.user - before.cpu.system) / messages;
}

function relay(clients: readonly SignalClient[], count: number): Promise<void> {
  return new Promise((done) => {
    let arrived = 0;
    let sent = 0;
    clients.forEach((client, at) => {
      const other = clients[at ^ 1]?.id ?? '';
      const next = (): void => {
        if (sent >= count) return;
        sent++;
        client.send(other, 0);
      };
      client.socket.removeAllListeners('message');
      client.onSignal(() => {
        if (++arrived === count) done();
        else next();
      });
      for (let window = 0; window < 8; window++) next();
    });
  });
}

async function latency(contestant: Contestant, port: number): Promise<number> {
  const clients = await connectAll(contestant, port, 2 * pairs);
  const times: number[] = [];
  const seconds = 3;
  const count = perSecond * seconds;
  await new Promise<void>((done) => {
    clients.forEach((client) =>
      client.onSignal((at) => {
        times.push(performance.now() - at);
        if (times.length === count) done();
      }),
    );
    const started = performance.now();
    let sent = 0;
    const tick = (): void => {
      const due = Math.min(count, Math.floor(((performance.now() - started) / 1000) * perSecond));
      for (; sent < due; sent++) {
        const at = sent % clients.length;
        clients[at]?.send(clients[at ^ 1]?.id ?? '', performance.now());
      }
      if (sent < count) setTimeout(tick, 1);
    };
    tick();
  });
  clients.forEach(({ socket }) => socket.terminate());
  return percentile(times, 0.99);
}

async function idleMemory(
  contestant: Contestant,
  port: number,
  usage: () => Promise<Usage>,
): Promise<number> {
  const warm = await connectAll(contestant, port, 100);
  warm.forEach(({ socket }) => socket.terminate());
  const before = await usage();
  const clients = await connectAll(contestant, port, idleConnections);
  const after = await usage();
  clients.forEach(({ socket }) => socket.terminate());
  return (after.memory.rss - before.memory.rss) / 1024 / idleConnections;
}

async function joinCost(contestant: Contestant, port: number, usage: () => Promise<Usage>): Promise<number> {
  await Promise.all(
    Array.from({ length: joins }, (_, at) => tokenOf(`user${at}`, `pair-${Math.floor(at / 2)}`)),
  );
  const warm = await connectAll(contestant, port, 200);
  warm.forEach(({ socket }) => socket.terminate());
  const before = await usage();
  const clients = await connectAll(contestant, port, joins);
  const { user, system } = (await usage()).cpu;
  clients.forEach(({ socket }) => socket.terminate());
  return (user + system - before.cpu.user - before.cpu.system) / joins;
}
