/** Web Locks show whether a tab is alive, even after a crash, which messages cannot. */

interface LockOptions {
  readonly signal: AbortSignal;
}

/** Holds a lock until `signal` is aborted or the tab is gone. Resolves when the lock is granted. */
export function holdLock(name: string, { signal }: LockOptions): Promise<void> {
  return new Promise((onHeld, onError) => {
    const hold = (): Promise<unknown> => {
      onHeld();
      return new Promise((release) => signal.addEventListener('abort', release));
    };
    navigator.locks.request(name, { signal }, hold).catch(onError);
  });
}

/** Calls `then` once the lock is free, unless `signal` is aborted first. */
export function whenReleased(name: string, { signal }: LockOptions, then: () => void): void {
  navigator.locks.request(name, { signal, mode: 'shared' }, then).catch(() => {
    // Aborted.
  });
}

/** The names of the held locks that start with `prefix`, without the prefix. */
export async function heldLocks(prefix: string): Promise<string[]> {
  const { held = [] } = await navigator.locks.query();
  return held.flatMap(({ name = '', mode }) =>
    mode === 'exclusive' && name.startsWith(prefix) ? [name.slice(prefix.length)] : [],
  );
}
