import { obeyKeys } from './hotkeys.js';
import type { JoinedCall } from './joined-call.js';
import { hintAtMicrophone } from './microphone-hints.js';
import { watchPictures } from './picture-watch.js';
import { mindManners } from './platform-manners.js';
import { recoverMedia } from './recover-media.js';

/** What a call gains once it is joined, and could go on without: it is downloaded when the others are heard already. */
export function enrichCall(call: JoinedCall): void {
  const joined = { ...call, signal: lifeOf(call.session, call.signal) };
  recoverMedia(joined.session, joined);
  obeyKeys(joined);
  mindManners(joined);
  hintAtMicrophone(joined);
  watchPictures(joined);
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
