import { secondAddress } from './second-address.js';

/** How long an address of a chunk may take (ms). */
const timeout = 15_000;

/** A part of the code that is downloaded late did not load: the network, the server or the page's policy denied it. */
export class ChunkLoadError extends Error {
  override readonly name = 'ChunkLoadError';
  readonly code = 'CHUNK_LOAD_FAILED';
  readonly details: { readonly chunk: string };

  constructor(chunk: string, cause: unknown) {
    super(`The file “${chunk}” could not be loaded. It belongs beside the one the page loads.`, { cause });
    this.details = { chunk };
  }
}

/** What came, and what is coming. A module map of our own: the browser's knows a second address as another module. */
const chunks = new Map<string, Promise<unknown>>();

/**
 * Loads a part of the code; rejects with a ChunkLoadError. The next call after a failure tries again. Browsers disagree about
 * asking for a module again that once failed (Firefox never does), so the second attempt has another address where there is one.
 */
export function loadChunk<Module>(chunk: string, load: () => Promise<Module>): Promise<Module> {
  const known = chunks.get(chunk) as Promise<Module> | undefined;
  if (known) return known;
  // The build gives the parameter: see second-address.ts.
  const from: (base?: string) => Promise<Module> = load;
  const loading = inTime(from())
    .catch((error: unknown) => {
      const base = secondAddress();
      if (base === undefined) throw error;
      return inTime(from(base));
    })
    .catch((error: unknown) => {
      chunks.delete(chunk);
      throw new ChunkLoadError(chunk, error);
    });
  chunks.set(chunk, loading);
  return loading;
}

function inTime<Value>(promise: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('It did not load in time.')), timeout);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
