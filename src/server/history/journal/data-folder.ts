import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A folder that this process has to itself. */
export interface DataFolder {
  readonly path: string;
  release(): void;
}

/**
 * Creates the folder if need be, and reserves it for this process. Throws if another process uses it, or if it cannot
 * be written. A process that was killed leaves its reservation behind; it does not count.
 */
export function openDataFolder(path: string): DataFolder {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const lock = join(path, 'server.pid');
  try {
    writeLock(lock);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const owner = ownerOf(lock);
    if (owner !== undefined && owner !== process.pid && isRunning(owner))
      throw new Error(`The data folder ${path} is in use by process ${owner}.`);
    // Containers give the same process id to every run: a lock with our own id is from a run before.
    if (owner === process.pid && openedHere.has(path))
      throw new Error(`The data folder ${path} is in use by another call server of this process.`);
    rmSync(lock, { force: true });
    writeLock(lock);
  }
  openedHere.add(path);
  return {
    path,
    release: () => {
      openedHere.delete(path);
      rmSync(lock, { force: true });
    },
  };
}

/** The folders that servers of this process have open. */
const openedHere = new Set<string>();

function writeLock(lock: string): void {
  const file = openSync(lock, 'wx', 0o600);
  writeSync(file, String(process.pid));
  closeSync(file);
}

function ownerOf(lock: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(lock, 'utf8'), 10) || undefined;
  } catch {
    // Released meanwhile.
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
