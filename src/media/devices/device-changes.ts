/** ms without changes before a reaction (a headset causes several), and the maximum delay while changes continue. */
const debounce = { quiet: 500, longest: 2000 };

/** Calls `handle` soon after devices were connected or removed, once for several changes, until `signal` is aborted. */
export function onDeviceChanges(handle: () => void, { signal }: { readonly signal: AbortSignal }): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** The time of the first change that was not handled. */
  let changedAt: number | undefined;
  const handleSoon = (): void => {
    clearTimeout(timer);
    changedAt ??= performance.now();
    const left = debounce.longest - (performance.now() - changedAt);
    timer = setTimeout(
      () => {
        changedAt = undefined;
        handle();
      },
      Math.max(0, Math.min(debounce.quiet, left)),
    );
  };
  navigator.mediaDevices.addEventListener('devicechange', handleSoon, { signal });
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
}
