import { loadChunk } from '../../base/load-chunk.js';
import type { CallsRuntime } from './calls-runtime.js';
import { calls } from './calls-state.js';

let runtime: Promise<CallsRuntime> | undefined;

/** Loads the code that a page without the SDK, one with the tag alone, never needs. */
export function loadCalls(): Promise<CallsRuntime> {
  // Handed over, not imported: in the UMD build the two parts are not of the same module graph.
  runtime ??= loadChunk('calls-runtime', () => import('./calls-runtime.js')).then(
    ({ createCalls }) => createCalls(calls),
    (error: unknown) => {
      // To be asked for again at the next use.
      runtime = undefined;
      throw error;
    },
  );
  return runtime;
}
