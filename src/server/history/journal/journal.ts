import { closeSync, ftruncateSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** One file of the journal. */
interface Segment {
  readonly file: string;
  entries: number;
  confirmed: number;
}

/** Bytes after which the next file begins. */
const segmentBytes = 1024 * 1024;

const namePattern = /^outbox-(\d+)\.jsonl$/;

/**
 * Keeps entries on disk, in order, until they are confirmed. An entry is appended before `append` returns, so that it
 * survives the end of the process, however sudden; not a power cut, for which it would have to wait for the disk.
 */
export class Journal {
  readonly #folder: string;
  readonly #segments: Segment[];
  #file: number;
  #bytes = 0;
  #next: number;

  /** Continues with the entries that a process before has left there. */
  constructor(folder: string) {
    this.#folder = folder;
    const numbers = readdirSync(folder)
      .map((name) => Number(namePattern.exec(name)?.[1] ?? NaN))
      .filter((number) => !Number.isNaN(number))
      .sort((a, b) => a - b);
    this.#segments = numbers.map((number) => {
      const file = this.#path(number);
      return { file, entries: readLines(file).length, confirmed: 0 };
    });
    this.#next = (numbers.at(-1) ?? 0) + 1;
    this.#file = this.#begin();
    this.#dropConfirmed();
  }

  /** Each line is an entry, as JSON. Throws if the disk does not take it. */
  append(lines: readonly string[]): void {
    const segment = this.#current();
    this.#bytes += writeSync(this.#file, `${lines.join('\n')}\n`);
    segment.entries += lines.length;
    if (this.#bytes < segmentBytes) return;
    closeSync(this.#file);
    this.#file = this.#begin();
  }

  /** The oldest entries that are not confirmed: as many as one file has. Empty: all are confirmed. */
  oldest(): readonly string[] {
    const segment = this.#segments.find(({ entries, confirmed }) => confirmed < entries);
    return segment ? readLines(segment.file).slice(segment.confirmed) : [];
  }

  /** The oldest `count` entries are where they belong. */
  confirm(count: number): void {
    let left = count;
    for (const segment of this.#segments) {
      const here = Math.min(left, segment.entries - segment.confirmed);
      segment.confirmed += here;
      left -= here;
    }
    this.#dropConfirmed();
  }

  close(): void {
    closeSync(this.#file);
    const last = this.#current();
    if (last.confirmed === last.entries) rmSync(last.file, { force: true });
  }

  #dropConfirmed(): void {
    const current = this.#current();
    while (this.#segments[0] && this.#segments[0] !== current && isConfirmed(this.#segments[0]))
      rmSync((this.#segments.shift() as Segment).file, { force: true });
    if (current.entries === 0 || !isConfirmed(current)) return;
    ftruncateSync(this.#file);
    this.#bytes = 0;
    current.entries = current.confirmed = 0;
  }

  #begin(): number {
    const file = this.#path(this.#next++);
    this.#segments.push({ file, entries: 0, confirmed: 0 });
    this.#bytes = 0;
    return openSync(file, 'a', 0o600);
  }

  #current(): Segment {
    return this.#segments.at(-1) as Segment;
  }

  #path(number: number): string {
    return join(this.#folder, `outbox-${String(number).padStart(8, '0')}.jsonl`);
  }
}

function isConfirmed({ entries, confirmed }: Segment): boolean {
  return confirmed >= entries;
}

/** The last line is incomplete if the process ended while writing it. Clients have not been notified of that entry. */
function readLines(file: string): readonly string[] {
  return readFileSync(file, 'utf8').split('\n').slice(0, -1);
}
