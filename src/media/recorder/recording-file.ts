import type { RecordingFormat } from './recording-format.js';

/** A file that grows while the call is recorded. */
export interface RecordingFile {
  write(data: Blob | Uint8Array<ArrayBuffer>): Promise<void>;
  /** Writes over what is there already. */
  overwrite(offset: number, data: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Completes the file, with the name and type of its format. */
  finish(format: RecordingFormat): Promise<File>;
  /** Frees the place that the browser keeps the file in. */
  discard(): Promise<void>;
}
