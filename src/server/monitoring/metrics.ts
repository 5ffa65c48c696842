import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { CallErrorCode } from '../../domain/call-error.js';
import type { ClientMessageType } from '../../protocol/messages.js';

/** What the server counts. */
export interface Metrics {
  message(type: ClientMessageType): void;
  failure(code: CallErrorCode): void;
  token(kind: 'auth' | 'call'): void;
  /** The text of `GET /metrics`, and its type. */
  render(): Promise<{ readonly text: string; readonly contentType: string }>;
}

/** What is measured at the moment somebody asks. */
export interface Gauges {
  readonly connections: () => number;
  readonly rooms: () => number;
  readonly participants: () => number;
}

/** Prometheus metrics in a registry of their own, so that an application that embeds the server keeps its own. */
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
