import { asCallError, type CallError } from '../../domain/call-error.js';
import type { RingView } from '../../domain/ring/ring-view.js';
import { tokenSubject } from '../../protocol/tokens/token-subject.js';
import type { Phone } from '../../session/ring/phone.js';
import type { CometChatCall } from '../cometchat-call.js';

/** The element that carries the call after it is answered. */
export interface HandoverOptions {
  readonly phone: Phone;
  /** The `<cometchat-call>` that is to take it, if there is one. */
  readonly target: () => CometChatCall | null;
  /** Tells the page; `false`: it takes the call itself. */
  readonly dispatchHandover: (call: RingView, token: string) => boolean;
  readonly onError: (error: CallError) => void;
  readonly signal: AbortSignal;
}

/** The reason for which the signal of a phone is aborted whose call goes on: another phone of the same user has it. */
export const replaced = new DOMException('Another phone goes on with the call.', 'AbortError');

/** Puts a call that was answered into the page's `<cometchat-call>`, and ends the one with the other. */
export function followAnsweredCalls(options: HandoverOptions): void {
  const { phone, signal } = options;
  let current: { readonly sessionId: string; readonly lifetime: AbortController } | undefined;
  const sync = (): void => {
    const { active } = phone.store.get();
    const sessionId = active?.status === 'ongoing' ? active.sessionId : undefined;
    if (sessionId === current?.sessionId) return;
    current?.lifetime.abort();
    current = undefined;
    if (!active || sessionId === undefined) return;
    const lifetime = new AbortController();
    current = { sessionId, lifetime };
    handOver(active, options, lifetime.signal).catch((error: unknown) => {
      if (lifetime.signal.aborted) return;
      options.onError(asCallError(error));
      // The call cannot run here: notifies the other side and frees the phone.
      phone.end(sessionId).catch(() => undefined);
    });
  };
  const stop = phone.store.subscribe(sync);
  signal.addEventListener(
    'abort',
    () => {
      stop();
      current?.lifetime.abort(signal.reason);
    },
    { once: true },
  );
  sync();
}

/** `signal` is aborted when the call has ended for this page. */
async function handOver(
  call: RingView,
  { phone, target, dispatchHandover, onError }: HandoverOptions,
  signal: AbortSignal,
): Promise<void> {
  const { sessionId, type } = call;
  const token = await phone.callToken(sessionId);
  if (signal.aborted || !dispatchHandover(call, token)) return;
  const element = target();
  if (!element) return;
  const carries = (): boolean => tokenSubject(element.token)?.sessionId === sessionId;
  const leave = (): void => {
    if (signal.reason === replaced || !carries()) return;
    element.endSession();
    element.token = '';
  };
  signal.addEventListener('abort', leave, { once: true });
  const left = new AbortController();
  const hangUp = (): void => {
    left.abort();
    signal.removeEventListener('abort', leave);
    // The phone is free again: what is over must not be joined anew.
    if (carries()) element.token = '';
    phone.end(sessionId).catch((error: unknown) => onError(asCallError(error)));
  };
  element.callEvents.on(
    'over',
    (over) => {
      // A page that is reloaded finds its call again; for one that does not come back the server ends it.
      if (tokenSubject(over.token)?.sessionId === sessionId && !over.pageHidden) hangUp();
    },
    { signal: AbortSignal.any([signal, left.signal]) },
  );
  Object.assign(element, { audioOnly: type === 'audio', serverUrl: phone.url, token });
}
