import type { Duplex } from 'node:stream';

/** Beyond this many bytes, collecting more saves nothing. */
const maxCorkedBytes = 64 * 1024;

/**
 * Combines all writes to a stream in one turn of the event loop into one system call. Under load, requests arrive in
 * batches, and these system calls are most of the cost of relaying.
 */
export class WriteBatch {
  /** Corked streams; uncorked once everything that arrived together has been handled. */
  readonly #corked = new Set<Duplex>();

  add(stream: Duplex): void {
    if (this.#corked.has(stream)) {
      if (stream.writableLength > maxCorkedBytes) this.#release(stream);
      return;
    }
    stream.cork();
    this.#corked.add(stream);
    if (this.#corked.size === 1) setImmediate(() => this.#corked.forEach((one) => this.#release(one)));
  }

  #release(stream: Duplex): void {
    this.#corked.delete(stream);
    stream.uncork();
  }
}
