import { log } from '../../base/logger.js';
import type { RecordingFile } from './recording-file.js';
import { sizeOf } from './painting/size-of.js';

/**
 * ms after which what was written is made safe from a crash: it is on disk only after its file is closed. Less than the second that a
 * piece of the recording is long, so a crash loses the piece in the making and the one being written.
 */
const commitPeriod = 800;

/** Bytes after which the next part begins: a part that is opened again is copied by the browser. */
const partLimit = 4 * 1024 * 1024;

interface Part {
  readonly handle: FileSystemFileHandle;
  /** The byte offset in the recording. */
  readonly start: number;
  size: number;
}

/**
 * Opens a recording in private storage, split into parts. The part names start with the start time (ms) and sort in order. The
 * parts left after a crash are playable.
 */
export async function openParts(
  folder: FileSystemDirectoryHandle,
  { name, extension }: { readonly name: string; readonly extension: string },
): Promise<RecordingFile> {
  const id = `${Date.now()}-${Math.random().toString(36).slice(2)}`;
  const parts: Part[] = [];
  const add = async (): Promise<Part> => {
    const entry = `${id}-${String(parts.length).padStart(4, '0')}-${name}.${extension}`;
    const start = parts.reduce((sum, { size }) => sum + size, 0);
    const part = { handle: await folder.getFileHandle(entry, { create: true }), start, size: 0 };
    parts.push(part);
    return part;
  };
  let part = await add();
  let writable: FileSystemWritableFileStream | undefined = await part.handle.createWritable();
  let committedAt = performance.now();
  const open = async (): Promise<FileSystemWritableFileStream> => {
    if (writable) return writable;
    if (part.size >= partLimit) part = await add();
    return (writable = await part.handle.createWritable({ keepExistingData: true }));
  };
  const commit = async (): Promise<void> => {
    const written = writable;
    writable = undefined;
    committedAt = performance.now();
    await written?.close();
  };
  return {
    async write(data) {
      const stream = await open();
      try {
        await stream.write({ type: 'write', position: part.size, data });
      } catch (error) {
        // Data committed earlier is kept.
        writable = undefined;
        await stream.abort().catch(() => log('recorder').debug('The failed write has closed the file.'));
        throw error;
      }
      part.size += sizeOf(data);
      if (performance.now() - committedAt >= commitPeriod) await commit();
    },
    async overwrite(offset, data) {
      await commit();
      await overwritePart(parts, offset, data);
    },
    async finish(format) {
      await commit();
      const files = await Promise.all(parts.map(({ handle }) => handle.getFile()));
      // References the files on disk; sets name and type.
      return new File(files, `${name}.${format.extension}`, { type: format.mimeType });
    },
    async discard() {
      await writable?.abort().catch(() => log('recorder').debug('A part was closed already.'));
      writable = undefined;
      await Promise.all(parts.map(({ handle }) => folder.removeEntry(handle.name)));
    },
  };
}

async function overwritePart(
  parts: readonly Part[],
  offset: number,
  data: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const changed = parts.find(({ start, size }) => offset >= start && offset < start + size);
  if (!changed) return;
  const stream = await changed.handle.createWritable({ keepExistingData: true });
  await stream.write({ type: 'write', position: offset - changed.start, data });
  await stream.close();
}
