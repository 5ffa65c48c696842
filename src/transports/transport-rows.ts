import { loadChunk } from '../base/load-chunk.js';
import type { TransportFactory } from './transport.js';

interface TransportRow {
  /** Downloaded only when a call needs it. */
  readonly load: () => Promise<TransportFactory>;
}

/** By the name that the server gives at the join. Adding a transport is adding a row. */
export const transportRows = {
  mesh: {
    load: async () =>
      (await loadChunk('mesh-transport', () => import('./mesh/mesh-transport.js'))).createMeshTransport,
  },
} as const satisfies Record<string, TransportRow>;

export type TransportName = keyof typeof transportRows;
