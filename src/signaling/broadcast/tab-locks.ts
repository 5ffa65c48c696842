/** Web Locks tell what no message can: that a tab is alive, and, when it crashes, that it is not any more. */

interface LockOptions {
  readonly signal: AbortSignal;
}

/** Holds the lock until `signal` is aborted, or the tab dies. Resolves when it is held. */
export function holdLock(name: string, { signal }: LockOptions): Promise<void> {
  return new Promise((onHeld, onError) => {
    const hold = (): Promise<unknown> => {
      onHeld();
      return new Promise((release) => signal.addEventListener('abort', release));
    };
    navigator.locks.request(name, { signal }, hold).catch(onError);
  });
}

/** Calls `then` once nobody holds the lock, unless `signal` is aborted before. */
export function whenReleased(name: string, { signal }: LockOptions, then: () => void): void {
  navigator.locks.request(name, { signal, mode: 'shared' }, then).catch(() => {
    // Aborted: nobody wants to know any more.
  });
}

/** What follows `prefix` in the names of the locks that are held. */
export async function heldLocks(prefix: string): Promise<string[]> {
  const { held = [] } = await navigator.locks.query();
  return held.flatMap(({ name = '', mode }) =>
    mode === 'exclusive' && name.startsWith(prefix) ? [name.slice(prefix.length)] : [],
  );
}
