type Handler<Detail> = (detail: Detail) => void;

/** A typed event emitter. An exception in a handler is reported to the page; the other handlers still run. */
export class Emitter<Events extends object> {
  readonly #handlers = new Map<keyof Events, Set<Handler<never>>>();

  /** Registers a handler until `signal` is aborted. */
  on<Name extends keyof Events>(
    name: Name,
    handle: Handler<Events[Name]>,
    { signal }: { readonly signal: AbortSignal },
  ): void {
    if (signal.aborted) return;
    const handlers = this.#handlers.get(name) ?? new Set<Handler<never>>();
    this.#handlers.set(name, handlers.add(handle));
    signal.addEventListener('abort', () => handlers.delete(handle), { once: true });
  }

  /** Whether the event has handlers. */
  hasListeners(name: keyof Events): boolean {
    return (this.#handlers.get(name)?.size ?? 0) > 0;
  }

  emit<Name extends keyof Events>(name: Name, detail: Events[Name]): void {
    for (const handle of [...(this.#handlers.get(name) ?? [])] as Handler<Events[Name]>[])
      runSafely(() => handle(detail));
  }
}

/** Runs foreign code. Its exceptions go to the page's error reporting, not to the caller. */
export function runSafely(run: () => void): void {
  try {
    run();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
