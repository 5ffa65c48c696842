import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { CallErrorCode } from '../../domain/call-error.js';
import type { ApiErrorCode } from '../http/api-error.js';
import type { ClientMessageType } from '../../protocol/messages.js';
import { createRedisMetrics, noRedisMetrics, type RedisMetrics } from './redis-metrics.js';

/** The counters of the server. */
export interface Metrics {
  message(type: ClientMessageType): void;
  failure(code: CallErrorCode | ApiErrorCode): void;
  token(kind: 'auth' | 'call'): void;
  /** Entries of the call history, and attempts to write them. */
  history(outcome: 'written' | 'dropped' | 'failed', count: number): void;
  readonly redis: RedisMetrics;
  /** The body and content type of `GET /metrics`. */
  render(): Promise<{ readonly text: string; readonly contentType: string }>;
}

/** Values measured at each scrape. */
export interface Gauges {
  readonly connections: () => number;
  readonly rooms: () => number;
  readonly participants: () => number;
  readonly historyPending: () => number;
  /** Whether Redis can be used; omitted when there is none. */
  readonly redisUp?: () => boolean;
}

/** Prometheus metrics in a separate registry, so that they do not mix with those of an embedding application. */
export function createMetrics(
  gauges: Gauges,
  { process = false }: { readonly process?: boolean } = {},
): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (process) collectDefaultMetrics({ register: registry });
  gauge(registry, 'cometchat_connections', 'Open signalling connections', gauges.connections);
  gauge(registry, 'cometchat_rooms', 'Calls with at least one participant', gauges.rooms);
  gauge(registry, 'cometchat_participants', 'Participants in all calls', gauges.participants);
  gauge(
    registry,
    'cometchat_history_pending',
    'Entries of the call history that wait for the database, in memory',
    gauges.historyPending,
  );
  const history = new Counter({
    name: 'cometchat_history_entries_total',
    help: 'Entries of the call history written or dropped, and failed attempts',
    labelNames: ['outcome'],
    registers,
  });
  // Counted in a map: labels cost more than relaying a message.
  const messages = new Map<ClientMessageType, number>();
  new Counter({
    name: 'cometchat_messages_total',
    help: 'Messages from clients, by type',
    labelNames: ['type'],
    registers,
    collect() {
      this.reset();
      for (const [type, count] of messages) this.inc({ type }, count);
    },
  });
  const failures = new Counter({
    name: 'cometchat_failures_total',
    help: 'Refused requests and closed connections, by code',
    labelNames: ['code'],
    registers,
  });
  const tokens = new Counter({
    name: 'cometchat_tokens_total',
    help: 'Tokens issued over HTTP, by kind',
    labelNames: ['kind'],
    registers,
  });
  return {
    message: (type) => void messages.set(type, (messages.get(type) ?? 0) + 1),
    failure: (code) => failures.inc({ code }),
    token: (kind) => tokens.inc({ kind }),
    redis: gauges.redisUp ? createRedisMetrics(registry, gauges.redisUp) : noRedisMetrics,
    history: (outcome, count) => history.inc({ outcome }, count),
    render: async () => ({ text: await registry.metrics(), contentType: registry.contentType }),
  };
}

function gauge(registry: Registry, name: string, help: string, measure: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(measure());
    },
  });
}
