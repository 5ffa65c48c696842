import type { CallView } from '../view/call-view.js';
import './encryption-badge.js';

/** Shows whether the call is encrypted from end to end, over the view. */
export function showEncryption(view: CallView, { signal }: { readonly signal: AbortSignal }): void {
  const badge = document.createElement('cometchat-call-encryption');
  badge.setAttribute('exportparts', 'badge, code, notice');
  const sync = {
    hostUpdated(): void {
      const { state, words, settings } = view;
      Object.assign(badge, { state, words, hidden: !settings.enableDefaultLayout });
      if (!badge.isConnected) view.renderRoot.append(badge);
    },
  };
  view.addController(sync);
  signal.addEventListener(
    'abort',
    () => {
      view.removeController(sync);
      badge.remove();
    },
    { once: true },
  );
}
