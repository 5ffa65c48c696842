import type { RecordingFile } from './recording-file.js';
import type { RecordingFormat } from './recording-format.js';
import { reserveDuration, type ReservedDuration } from './webm-duration.js';

/** Bytes after which no head of a WebM file is expected any more. */
const headLimit = 65_536;

/** Writes a recording piece by piece, in order, and its duration into the head at the end. */
export class RecordingWriter {
  /** Resolves with the first error, which ends all writing. */
  readonly failed: Promise<unknown>;
  readonly #file: RecordingFile;
  #fail: (error: unknown) => void = () => undefined;
  #writing: Promise<void> = Promise.resolve();
  /** What was recorded so far of a head that is not complete. */
  #head: Blob | undefined;
  #duration: ReservedDuration | undefined;

  constructor(file: RecordingFile, { extension }: RecordingFormat) {
    this.#file = file;
    this.failed = new Promise((resolve) => (this.#fail = resolve));
    if (extension === 'webm') this.#head = new Blob();
  }

  add(piece: Blob): void {
    if (piece.size > 0) this.#queue(() => this.#write(piece));
  }

  /** Completes the file. Rejects when anything could not be written. */
  async finish(durationMs: number): Promise<File> {
    this.#queue(() => this.#writeRest(durationMs));
    await this.#writing;
    return this.#file.finish();
  }

  #queue(write: () => Promise<void>): void {
    this.#writing = this.#writing.then(write);
    this.#writing.catch((error: unknown) => this.#fail(error));
  }

  async #write(piece: Blob): Promise<void> {
    if (!this.#head) return this.#file.write(piece);
    const head = new Blob([this.#head, piece]);
    this.#duration = reserveDuration(new Uint8Array(await head.arrayBuffer()));
    const isComplete = this.#duration !== undefined || head.size > headLimit;
    this.#head = isComplete ? undefined : head;
    if (isComplete) await this.#file.write(this.#duration?.head ?? head);
  }

  async #writeRest(durationMs: number): Promise<void> {
    if (this.#head) await this.#file.write(this.#head);
    if (this.#duration) await this.#file.overwrite(this.#duration.offset, this.#duration.encode(durationMs));
  }
}
