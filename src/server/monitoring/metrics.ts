import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { CallErrorCode } from '../../domain/call-error.js';
import type { ClientMessageType } from '../../protocol/messages.js';

/** The counters of the server. */
export interface Metrics {
  message(type: ClientMessageType): void;
  failure(code: CallErrorCode): void;
  token(kind: 'auth' | 'call'): void;
  /** The body and content type of `GET /metrics`. */
  render(): Promise<{ readonly text: string; readonly contentType: string }>;
}

/** Values measured at each scrape. */
export interface Gauges {
  readonly connections: () => number;
  readonly rooms: () => number;
  readonly participants: () => number;
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
  const messages = new Counter({
    name: 'cometchat_messages_total',
    help: 'Messages from clients, by type',
    labelNames: ['type'],
    registers,
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
    message: (type) => messages.inc({ type }),
    failure: (code) => failures.inc({ code }),
    token: (kind) => tokens.inc({ kind }),
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
