import { loadChunk } from '../base/load-chunk.js';
import { announceLoadFailure } from '../ui/load-failure.js';
import type { EarlyKey } from './early-keys.js';
import type { JoinedCall } from './joined-call.js';
import { hintAtMicrophone } from './microphone-hints.js';
import { mindManners } from './platform-manners.js';

/** What a call gains once it is joined, and could go on without: it is downloaded when the others are heard already. */
export function enrichCall(call: JoinedCall, takeKeys: () => EarlyKey[]): void {
  const joined = { ...call, signal: lifeOf(call.session, call.signal) };
  obeyKeysWhereAttended(joined, takeKeys);
  mindManners(joined);
  hintAtMicrophone(joined);
  watchLater(joined);
}

/** Pictures that have just come are neither frozen nor black. */
function watchLater(call: JoinedCall): void {
  const watch = async (): Promise<void> => {
    const { watchPictures } = await loadChunk('picture-watch', () => import('./picture-watch.js'));
    if (!call.signal.aborted) watchPictures(call);
  };
  const timer = setTimeout(
    () => void watch().catch((error: unknown) => announceLoadFailure(call.view, error)),
    5000,
  );
  call.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
}

/** Keys are for the call that the pointer or the focus is in; one that only hangs on a wall needs no code for them. */
function obeyKeysWhereAttended(call: JoinedCall, takeKeys: () => EarlyKey[]): void {
  const { view, signal } = call;
  let first = new AbortController();
  const load = (): void => {
    first.abort();
    loadChunk('hotkeys', () => import('./hotkeys.js')).then(
      ({ obeyKeys }) => {
        if (!signal.aborted) obeyKeys(call, takeKeys);
      },
      (error: unknown) => {
        announceLoadFailure(view, error);
        // Not each time that the pointer moves.
        listen('pointerenter', 'focusin');
      },
    );
  };
  /** The next sign is another try. */
  const listen = (...signs: readonly string[]): void => {
    first = new AbortController();
    for (const sign of signs)
      view.addEventListener(sign, load, { signal: AbortSignal.any([first.signal, signal]) });
  };
  if (view.matches(':hover, :focus-within') || view.ownerDocument !== document) load();
  else listen('pointerover', 'focusin', 'adopted');
}

/** Ends with the call, or when it is no longer wanted. */
function lifeOf({ store }: JoinedCall['session'], signal: AbortSignal): AbortSignal {
  const life = new AbortController();
  const stop = store.subscribe(({ phase }) => phase === 'ended' && life.abort());
  life.signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted || store.get().phase === 'ended') life.abort();
  signal.addEventListener('abort', () => life.abort(), { once: true, signal: life.signal });
  return life.signal;
}
