import { loadChunk } from '../base/load-chunk.js';
import type { TransportFactory } from './transport.js';

interface TransportRow {
  /** Downloaded only when a call needs it. */
  readonly load: () => Promise<TransportFactory>;
}

/** Transports by the name in the server's join answer. To add a transport, add a row. */
export const transportRows = {
  mesh: {
    load: async () =>
      (await loadChunk('mesh-transport', () => import('./mesh/mesh-transport.js'))).createMeshTransport,
  },
} as const satisfies Record<string, TransportRow>;

export type TransportName = keyof typeof transportRows;
