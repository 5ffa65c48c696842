import type { RecordingFile } from './recording-file.js';
import type { RecordingFormat } from './recording-format.js';
import { reserveDuration, type ReservedDuration } from './webm-duration.js';

/** The first bytes of WebM and Matroska. */
const ebml = [0x1a, 0x45, 0xdf, 0xa3];

/** The maximum size of a WebM header, in bytes. */
const headLimit = 65_536;

/** Writes a recording chunk by chunk, in order. Writes the duration into the header at the end. */
export class RecordingWriter {
  /** Resolves with the first error, after which nothing more is written. */
  readonly failed: Promise<unknown>;
  readonly #file: RecordingFile;
  #fail: (error: unknown) => void = () => undefined;
  #writing: Promise<void> = Promise.resolve();
  /** The incomplete header so far. */
  #head: Blob | undefined = new Blob();
  #duration: ReservedDuration | undefined;

  constructor(file: RecordingFile) {
    this.#file = file;
    this.failed = new Promise((resolve) => (this.#fail = resolve));
  }

  add(piece: Blob): void {
    if (piece.size > 0) this.#queue(() => this.#write(piece));
  }

  /** Completes the file in its actual format, with the data written so far. Rejects if there is none. */
  async finish(durationMs: number, format: RecordingFormat): Promise<File> {
    this.#queue(() => this.#writeRest(durationMs));
    try {
      await this.#writing;
      return await this.#file.finish(format);
    } catch (error) {
      this.#fail(error);
      const saved = await this.#file.finish(format).catch(() => undefined);
      if (!saved?.size) throw error;
      return saved;
    }
  }

  #queue(write: () => Promise<void>): void {
    this.#writing = this.#writing.then(write);
    this.#writing.catch((error: unknown) => this.#fail(error));
  }

  async #write(piece: Blob): Promise<void> {
    if (!this.#head) return this.#file.write(piece);
    const head = new Blob([this.#head, piece]);
    const bytes = new Uint8Array(await head.arrayBuffer());
    const isWebm = ebml.every((byte, index) => bytes[index] === byte);
    this.#duration = isWebm ? reserveDuration(bytes) : undefined;
    const isOther = bytes.length >= ebml.length && !isWebm;
    const isComplete = this.#duration !== undefined || isOther || head.size > headLimit;
    this.#head = isComplete ? undefined : head;
    if (isComplete) await this.#file.write(this.#duration?.head ?? head);
  }

  async #writeRest(durationMs: number): Promise<void> {
    if (this.#head) await this.#file.write(this.#head);
    if (this.#duration) await this.#file.overwrite(this.#duration.offset, this.#duration.encode(durationMs));
  }
}
