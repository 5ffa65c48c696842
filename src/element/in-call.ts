import { log } from '../base/logger.js';
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
    const { watchPictures } = await import('./picture-watch.js');
    if (!call.signal.aborted) watchPictures(call);
  };
  const timer = setTimeout(
    () => void watch().catch((error: unknown) => log('call').warn('Pictures are not watched.', error)),
    5000,
  );
  call.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
}

/** Keys are for the call that the pointer or the focus is in; one that only hangs on a wall needs no code for them. */
function obeyKeysWhereAttended(call: JoinedCall, takeKeys: () => EarlyKey[]): void {
  const { host, signal } = call;
  const first = new AbortController();
  const load = (): void => {
    first.abort();
    import('./hotkeys.js').then(
      ({ obeyKeys }) => {
        if (!signal.aborted) obeyKeys(call, takeKeys);
      },
      (error: unknown) => log('call').warn('Keys are not obeyed.', error),
    );
  };
  if (host.matches(':hover, :focus-within')) return load();
  for (const sign of ['pointerover', 'focusin'])
    host.addEventListener(sign, load, { signal: AbortSignal.any([first.signal, signal]) });
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
