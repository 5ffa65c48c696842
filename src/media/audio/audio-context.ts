import { log } from '../../base/logger.js';

// One per page, not per call: browsers allow only a few contexts, and each has its own audio thread.
let shared: AudioContext | undefined;
let users = 0;

const gestures = ['pointerup', 'touchend', 'keydown'] as const;

/**
 * The page's shared AudioContext. It closes when the signals of all its users are aborted. While the browser suspends it, the
 * next user gesture resumes it.
 */
export function sharedAudioContext({ signal }: { readonly signal: AbortSignal }): AudioContext {
  signal.throwIfAborted();
  const context = (shared ??= createContext());
  users += 1;
  signal.addEventListener('abort', release, { once: true });
  return context;
}

function createContext(): AudioContext {
  const context = new AudioContext();
  const closed = new AbortController();
  let suspended: AbortController | undefined;
  const update = (): void => {
    suspended?.abort();
    if (context.state === 'closed') closed.abort();
    // iOS interrupts a running context for a phone call; a gesture resumes it.
    if (context.state === 'running' || closed.signal.aborted) return;
    suspended = new AbortController();
    const resume = (): void => void context.resume().catch((error: unknown) => log('audio').debug(error));
    for (const gesture of gestures)
      addEventListener(gesture, resume, { capture: true, signal: suspended.signal });
    resume();
  };
  context.addEventListener('statechange', update, { signal: closed.signal });
  update();
  return context;
}

function release(): void {
  users -= 1;
  if (users > 0) return;
  const context = shared;
  shared = undefined;
  void context?.close().catch((error: unknown) => log('audio').debug(error));
}
