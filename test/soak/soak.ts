// Simulated clients that join, talk, lose their connection and leave, for a given time. Prints a line a minute: the memory of the server,
// percentiles of the time that a signal takes, and errors by code.
import { startNode } from '../bench/lib/bench-host.js';
import { secret } from '../bench/lib/options.js';
import { callClient, type SignalClient } from '../bench/lib/signal-clients.js';
import { percentile } from '../bench/lib/statistics.js';

const option = (name: string, fallback: number): number =>
  Number(process.argv.find((word) => word.startsWith(`--${name}=`))?.split('=')[1] ?? fallback);

const clients = option('clients', 200);
const minutes = option('minutes', 60);
const reportEveryMs = Math.min(60_000, (minutes * 60_000) / 4);

const { process: server, port } = await startNode(
  'test/bench/lib/servers/call-server.mjs',
  [secret],
  ['--expose-gc'],
);
const endsAt = performance.now() + minutes * 60_000;
const errors = new Map<string, number>();
const latencies: number[] = [];
let joins = 0;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Two clients in a call of their own, again and again. */
async function live(pair: number): Promise<void> {
  while (performance.now() < endsAt) {
    try {
      const both = await Promise.all([2 * pair, 2 * pair + 1].map((name) => callClient(port, `user${name}`)));
      joins += both.length;
      await talk(both as [SignalClient, SignalClient]);
      // Half of them leave without a word, as a crashed page does.
      for (const { socket } of both)
        if (Math.random() < 0.5) socket.terminate();
        else socket.close();
    } catch (error) {
      const name = error instanceof Error ? error.message : String(error);
      errors.set(name, (errors.get(name) ?? 0) + 1);
    }
    await wait(Math.random() * 500);
  }
}

async function talk([one, other]: [SignalClient, SignalClient]): Promise<void> {
  for (const client of [one, other]) client.onSignal((at) => latencies.push(performance.now() - at));
  const until = performance.now() + 1000 + Math.random() * 9000;
  while (performance.now() < Math.min(until, endsAt)) {
    one.send(other.id, performance.now());
    other.send(one.id, performance.now());
    await wait(100 + Math.random() * 400);
  }
}

async function report(): Promise<void> {
  const usage = await new Promise<{ memory: NodeJS.MemoryUsage }>((resolve) => {
    server.once('message', (message) => resolve(message as { memory: NodeJS.MemoryUsage }));
    server.send('usage');
  });
  const taken = latencies.splice(0);
  const mib = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);
  const ms = (share: number): string => percentile(taken, share).toFixed(1);
  console.log(
    `heap ${mib(usage.memory.heapUsed)} MiB, rss ${mib(usage.memory.rss)} MiB; ${joins} joins, ${taken.length} signals, ` +
      `p50 ${ms(0.5)} p99 ${ms(0.99)} max ${ms(1)} ms; errors ${JSON.stringify(Object.fromEntries(errors))}`,
  );
}

const timer = setInterval(() => void report(), reportEveryMs);
await Promise.all(Array.from({ length: clients / 2 }, (_, pair) => live(pair)));
clearInterval(timer);
await report();
server.kill();
process.exit(errors.size > 0 ? 1 : 0);
