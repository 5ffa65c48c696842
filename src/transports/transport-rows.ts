import { loadChunk } from '../base/load-chunk.js';
import type { TransportName } from '../domain/call/transport-grant.js';
import { createMeshTransport } from './mesh/mesh-transport.js';
import type { TransportFactory } from './transport.js';

interface TransportRow {
  /** The one that every call begins with is there; any other is downloaded when a call needs it. */
  readonly load: () => Promise<TransportFactory>;
}

/** Transports by the name in the server's join answer. To add a transport, add a row. */
export const transportRows = {
  mesh: { load: () => Promise.resolve(createMeshTransport) },
  sfu: {
    load: async () =>
      (await loadChunk('sfu-transport', () => import('./sfu/sfu-transport.js'))).createSfuTransport,
  },
} as const satisfies Record<TransportName, TransportRow>;
