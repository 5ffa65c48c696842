import type { Duplex } from 'node:stream';

/** Bytes after which waiting for more saves nothing. */
const maxCorkedBytes = 64 * 1024;

/**
 * Lets all that is written to a stream in one turn of the event loop leave in one system call: under load, when
 * requests arrive in bunches, those calls are most of what relaying costs.
 */
export class WriteBatch {
  /** Streams that hold back what is written until everything that arrived together has been dealt with. */
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
