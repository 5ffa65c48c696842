import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** What is measured of Redis. */
export interface RedisMetrics {
  /** A command was answered, or failed, after that time. */
  command(seconds: number): void;
  /** Another node changed the same room or call at the same time. */
  conflict(): void;
}

/** For servers without Redis. */
export const noRedisMetrics: RedisMetrics = { command: () => undefined, conflict: () => undefined };

export function createRedisMetrics(registry: Registry, isReady: () => boolean): RedisMetrics {
  const registers = [registry];
  new Gauge({
    name: 'cometchat_redis_up',
    help: '1 while Redis can be used, otherwise 0',
    registers,
    collect() {
      this.set(isReady() ? 1 : 0);
    },
  });
  const commands = new Histogram({
    name: 'cometchat_redis_command_seconds',
    help: 'Time of commands to Redis, including those that fail',
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5],
    registers,
  });
  const conflicts = new Counter({
    name: 'cometchat_redis_conflicts_total',
    help: 'Changes that were repeated because another node changed the same room or call at the same time',
    registers,
  });
  return { command: (seconds) => commands.observe(seconds), conflict: () => conflicts.inc() };
}
