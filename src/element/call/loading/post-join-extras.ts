import { loadChunk } from '../../../base/load-chunk.js';
import { announceLoadFailure } from '../../../ui/base/load-failure.js';
import type { EarlyKey } from '../../commands/early-keys.js';
import type { JoinedCall } from '../connection/joined-call.js';
import { monitorMicrophone } from '../../diagnostics/microphone-monitor.js';
import { integrateWithPlatform } from '../platform-integration.js';

/** Starts what a call has beside its media and its interface. */
export function startPostJoinExtras(call: JoinedCall, takeKeys: () => EarlyKey[]): void {
  const joined = { ...call, signal: lifetimeOf(call.session, call.signal) };
  loadHotkeysOnAttention(joined, takeKeys);
  integrateWithPlatform(joined);
  monitorMicrophone(joined);
  startDiagnosticsLater(joined);
}

/** New video needs a few seconds before a freeze or black frames mean anything. */
function startDiagnosticsLater(call: JoinedCall): void {
  const start = async (): Promise<void> => {
    const { startDiagnostics } = await loadChunk(
      'diagnostics',
      () => import('../../diagnostics/diagnostics.js'),
    );
    if (!call.signal.aborted) startDiagnostics(call);
  };
  const timer = setTimeout(
    () => void start().catch((error: unknown) => announceLoadFailure(call.view, error)),
    5000,
  );
  call.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
}

/** Loads the hotkey code when the pointer or focus first enters the call; an unattended display never needs it. */
function loadHotkeysOnAttention(call: JoinedCall, takeKeys: () => EarlyKey[]): void {
  const { host, view, signal } = call;
  // The host itself can have the focus, and the view can be in a picture-in-picture window.
  const places = [host, view];
  let loaded = new AbortController();
  const load = (): void => {
    loaded.abort();
    loadChunk('hotkeys', () => import('../../commands/hotkeys.js')).then(
      ({ handleHotkeys }) => {
        if (!signal.aborted) handleHotkeys(call, takeKeys);
      },
      (error: unknown) => {
        announceLoadFailure(view, error);
        // Not each time that the pointer moves.
        listen('pointerenter', 'focusin');
      },
    );
  };
  /** Retries at the next event. */
  const listen = (...signs: readonly string[]): void => {
    loaded = new AbortController();
    const options = { signal: AbortSignal.any([loaded.signal, signal]) };
    for (const place of places)
      for (const eventName of signs) place.addEventListener(eventName, load, options);
  };
  if (places.some((place) => place.matches(':hover, :focus-within')) || view.ownerDocument !== document)
    load();
  else listen('pointerover', 'focusin', 'adopted');
}

/** Ends with the call, or when it is no longer wanted. */
function lifetimeOf({ store }: JoinedCall['session'], signal: AbortSignal): AbortSignal {
  const lifetime = new AbortController();
  const stop = store.subscribe(({ phase }) => phase === 'ended' && lifetime.abort());
  lifetime.signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted || store.get().phase === 'ended') lifetime.abort();
  signal.addEventListener('abort', () => lifetime.abort(), { once: true, signal: lifetime.signal });
  return lifetime.signal;
}
