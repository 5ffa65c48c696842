import { after, before, describe } from 'node:test';
import { checkConfig } from '../../../src/server/config/server-config.js';
import { systemClock } from '../../../src/server/limits/deadline-queue.js';
import { createMetrics } from '../../../src/server/monitoring/metrics.js';
import { createStores, type Stores } from '../../../src/server/stores.js';
import { startRedis } from '../../tools/run/services/ensure-redis.mjs';
import { testSecret as secret } from './test-server.js';

export type Redis = NonNullable<Awaited<ReturnType<typeof startRedis>>>;

/** A Redis that only this suite uses. Without one, its tests are skipped, aloud. */
export function withRedis(options: { readonly keepsData?: boolean } = {}): () => Redis {
  let redis: Redis | undefined;
  before(async (context) => {
    redis = await startRedis(options);
    if (!redis) (context as { skip?: (why: string) => void }).skip?.('no Redis');
  });
  after(() => redis?.stop());
  return () => {
    if (!redis) throw new Error('There is no Redis.');
    return redis;
  };
}

/** The stores of one more node, until the end of the suite. */
export type OpenStores = () => Promise<Stores>;

/** The stores of one more node. */
export async function openStores(redisUrl: string | undefined): Promise<Stores> {
  const none = (): number => 0;
  const metrics = createMetrics({
    ...{ connections: none, rooms: none, participants: none, historyPending: none },
    redisUp: () => true,
  });
  const stores = createStores({
    config: checkConfig({ secret, ...(redisUrl !== undefined && { redisUrl }) }),
    clock: systemClock,
    log: () => undefined,
    metrics: () => metrics,
  });
  await stores.start();
  return stores;
}

function opening(redisUrl: () => string | undefined): OpenStores {
  const opened: Stores[] = [];
  after(() => Promise.all(opened.map((stores) => stores.close())));
  return async () => {
    const stores = await openStores(redisUrl());
    opened.push(stores);
    return stores;
  };
}

/** Declares the same tests for the memory of the process and for Redis. */
export function onBothStores(title: string, tests: (open: OpenStores) => void): void {
  describe(`${title} (memory)`, () => tests(opening(() => undefined)));
  onRedis(title, tests);
}

/** Declares tests of several nodes. */
export function onRedis(title: string, tests: (open: OpenStores) => void): void {
  describe(`${title} (Redis)`, () => {
    const redis = withRedis();
    tests(opening(() => redis().url));
  });
}
