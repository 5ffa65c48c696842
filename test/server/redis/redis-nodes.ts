import { afterEach } from 'node:test';
import type { CallServerOptions } from '../../../src/server/call-server.js';
import { startServer, type TestServer } from '../harness/test-server.js';
import { serve } from '../harness/server-process.js';
import type { Redis } from '../harness/store-kinds.js';

/** Leases of a second, the shortest: the tests wait for their ends. */
const quick = { heartbeatMs: 1000 };

/** Nodes of one test would see to what those of another one left. */
const ends: (() => Promise<void>)[] = [];
afterEach(() => Promise.all(ends.splice(0).map((end) => end())));

type Nodes<Count extends 1 | 2> = Count extends 1 ? [TestServer] : [TestServer, TestServer];

/** Servers that share one Redis, until the end of the test. */
export async function startNodes<Count extends 1 | 2>(
  { url: redisUrl }: Redis,
  count: Count,
  options: Partial<CallServerOptions> = {},
): Promise<Nodes<Count>> {
  const nodes = await Promise.all(
    Array.from({ length: count }, () => startServer({ redisUrl, ...quick, ...options })),
  );
  ends.push(...nodes.map((node) => () => node.stop()));
  return nodes as Nodes<Count>;
}

/** A server in a process of its own, which can be killed. */
export async function nodeProcess(redis: Redis, environment: Record<string, string> = {}) {
  const process = serve({
    REDIS_URL: redis.url,
    HEARTBEAT_MS: String(quick.heartbeatMs),
    ...environment,
  });
  const kill = (): Promise<void> => process.kill('SIGKILL');
  ends.push(kill);
  return { url: await process.url, kill };
}

/** Repeats until the condition holds; the test's own time limit ends what never does. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Resolves once the server says that it can serve requests. */
export function ready({ url }: TestServer): Promise<void> {
  return until(async () => (await fetch(`${url}/readyz`)).status === 200);
}

/** Resolves once the server says that it cannot. */
export function unready({ url }: TestServer): Promise<void> {
  return until(async () => (await fetch(`${url}/readyz`)).status === 503);
}
