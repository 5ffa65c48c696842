import { log } from '../../base/logger.js';
import { withTimeout } from '../../base/with-timeout.js';
import { openParts } from './recording-parts.js';
import type { RecordingFile } from './recording-file.js';
import { sizeOf } from './painting/size-of.js';

interface FileRequest {
  /** The file name without extension. */
  readonly name: string;
  /** The extension of the expected format. */
  readonly extension: string;
  /** Whether to ask where to save; requires browser support and a user gesture. */
  readonly promptForFile: boolean;
}

type Picker = (options: {
  readonly suggestedName: string;
  readonly id: string;
}) => Promise<FileSystemFileHandle>;

const folderName = 'cometchat-call-recordings';

/** How long a recording that was not discarded is kept: one day. */
const retentionMs = 24 * 60 * 60 * 1000;

/** ms to wait for private storage, before a recording is kept in memory. */
const openTimeoutMs = 3000;

/** Opens a file where the user chooses, else in private storage, else (older browsers) in memory. */
export async function openRecordingFile(request: FileRequest): Promise<RecordingFile> {
  return (
    (request.promptForFile && (await openPicked(request))) ||
    (await openPrivate(request)) ||
    openInMemory(request)
  );
}

async function openPicked({ name, extension }: FileRequest): Promise<RecordingFile | undefined> {
  const { showSaveFilePicker } = window as Window & { readonly showSaveFilePicker?: Picker };
  if (!showSaveFilePicker || !navigator.userActivation.isActive) return undefined;
  try {
    const options = { suggestedName: `${name}.${extension}`, id: 'cometchat-call' };
    return await onDisk(await showSaveFilePicker.call(window, options));
  } catch (error) {
    log('recorder').info('No file was chosen.', error);
    return undefined;
  }
}

async function openPrivate(request: FileRequest): Promise<RecordingFile | undefined> {
  try {
    return await withTimeout(openInFolder(request), openTimeoutMs);
  } catch (error) {
    log('recorder').info('No origin private file system: the recording is kept in memory.', error);
    return undefined;
  }
}

async function openInFolder({ name, extension }: FileRequest): Promise<RecordingFile> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(folderName, { create: true });
  await removeExpired(folder);
  return openParts(folder, { name, extension });
}

/** A file that the user chose. It is neither renamed nor deleted. */
async function onDisk(handle: FileSystemFileHandle): Promise<RecordingFile> {
  const writable = await handle.createWritable();
  let position = 0;
  return {
    async write(data) {
      await writable.write({ type: 'write', position, data });
      position += sizeOf(data);
    },
    overwrite: (offset, data) => writable.write({ type: 'write', position: offset, data }),
    async finish({ mimeType }) {
      await writable.close();
      // References the file on disk; sets the type.
      return new File([await handle.getFile()], handle.name, { type: mimeType });
    },
    discard: () => writable.abort().catch(() => log('recorder').debug('The file was complete already.')),
  };
}

function openInMemory({ name }: FileRequest): RecordingFile {
  let parts: (Blob | Uint8Array<ArrayBuffer>)[] = [];
  return {
    write(data) {
      parts.push(data);
      return Promise.resolve();
    },
    overwrite(offset, data) {
      const whole = new Blob(parts);
      parts = [whole.slice(0, offset), data, whole.slice(offset + data.byteLength)];
      return Promise.resolve();
    },
    finish: ({ mimeType, extension }) =>
      Promise.resolve(new File(parts, `${name}.${extension}`, { type: mimeType })),
    discard() {
      parts = [];
      return Promise.resolve();
    },
  };
}

async function removeExpired(folder: FileSystemDirectoryHandle): Promise<void> {
  const listed = folder as FileSystemDirectoryHandle & { keys(): AsyncIterable<string> };
  for await (const name of listed.keys()) {
    const createdAt = Number.parseInt(name, 10);
    if (Date.now() - createdAt < retentionMs) continue;
    // Fails while another tab is still writing it.
    await folder.removeEntry(name).catch((error: unknown) => log('recorder').debug(error));
  }
}
