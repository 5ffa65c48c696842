import type { RecordingFormat } from './recording-format.js';

/** A file that grows while the call is recorded. */
export interface RecordingFile {
  write(data: Blob | Uint8Array<ArrayBuffer>): Promise<void>;
  /** Overwrites existing bytes at `offset`. */
  overwrite(offset: number, data: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Completes the file, with the name and type of its format. */
  finish(format: RecordingFormat): Promise<File>;
  /** Deletes the file from the browser's private storage. */
  discard(): Promise<void>;
}
