import type { Duplex } from 'node:stream';

/** Streams that hold back what is written until everything that arrived together has been dealt with. */
const corked = new Set<Duplex>();

/** Bytes after which waiting for more saves nothing. */
const enough = 64 * 1024;

/**
 * Lets all that is written to `stream` in this turn of the event loop leave in one system call: under load, when
 * requests arrive in bunches, those calls are most of what relaying costs.
 */
export function batchWrites(stream: Duplex): void {
  if (corked.has(stream)) {
    if (stream.writableLength > enough) release(stream);
    return;
  }
  stream.cork();
  corked.add(stream);
  if (corked.size === 1) setImmediate(() => corked.forEach(release));
}

function release(stream: Duplex): void {
  corked.delete(stream);
  stream.uncork();
}
