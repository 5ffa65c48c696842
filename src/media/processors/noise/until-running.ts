/** ms that audio may take to start once the user has pressed something: without an audio device, Firefox never starts it. */
const startTimeout = 5000;

const gestures = ['pointerup', 'keydown'] as const;

type StartingContext = Pick<AudioContext, 'state' | 'resume' | 'addEventListener'>;

/**
 * Waits until audio runs: browsers may suspend it before the first gesture. The raw track is sent meanwhile. Rejects if
 * audio does not start although the browser allows it.
 */
export function untilRunning(
  context: StartingContext,
  signal: AbortSignal,
  timeoutMs = startTimeout,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const settled = new AbortController();
    const until = { signal: AbortSignal.any([settled.signal, signal]) };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const settle = (error?: Error): void => {
      settled.abort();
      clearTimeout(timer);
      if (error) reject(error);
      else resolve();
    };
    const unwanted = (): void => settle(new DOMException('No longer wanted.', 'AbortError'));
    const check = (): void => {
      if (context.state === 'running') settle();
      if (context.state === 'closed') unwanted();
    };
    const resume = (): void => {
      context.resume().catch(() => undefined);
      if (navigator.userActivation?.hasBeenActive)
        timer ??= setTimeout(() => settle(new Error('The browser does not start audio.')), timeoutMs);
    };
    context.addEventListener('statechange', check, until);
    signal.addEventListener('abort', unwanted, { once: true, signal: settled.signal });
    for (const gesture of gestures) addEventListener(gesture, resume, { capture: true, ...until });
    if (signal.aborted) return unwanted();
    resume();
    check();
  });
}
