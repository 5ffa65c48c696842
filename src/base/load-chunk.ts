import { secondAddress } from './second-address.js';
import { withTimeout } from './with-timeout.js';

/** Timeout per attempt to load a chunk. */
const timeoutMs = 15_000;

/** A lazily loaded chunk could not be loaded, because of the network, the server or the page's policy. */
export class ChunkLoadError extends Error {
  override readonly name = 'ChunkLoadError';
  readonly code = 'CHUNK_LOAD_FAILED';
  readonly details: { readonly chunk: string };

  constructor(chunk: string, cause: unknown) {
    super(
      `The file “${chunk}” could not be loaded. It must be in the same folder as the script of the page.`,
      { cause },
    );
    this.details = { chunk };
  }
}

/**
 * Loaded and loading chunks. A separate cache is needed, because the browser caches a second URL as another module.
 */
const chunks = new Map<string, Promise<unknown>>();

/**
 * Loads a chunk, with one retry. Rejects with a ChunkLoadError; the next call after a failure tries again. Some
 * browsers (Firefox) never reload a module URL that failed once, so the retry uses another URL if there is one.
 */
export function loadChunk<Module>(chunk: string, load: () => Promise<Module>): Promise<Module> {
  const known = chunks.get(chunk) as Promise<Module> | undefined;
  if (known) return known;
  // The build adds the parameter: see second-address.ts.
  const from: (base?: string) => Promise<Module> = load;
  const loading = withTimeout(from(), timeoutMs)
    .catch((error: unknown) => {
      const base = secondAddress();
      if (base === undefined) throw error;
      return withTimeout(from(base), timeoutMs);
    })
    .catch((error: unknown) => {
      chunks.delete(chunk);
      throw new ChunkLoadError(chunk, error);
    });
  chunks.set(chunk, loading);
  return loading;
}
