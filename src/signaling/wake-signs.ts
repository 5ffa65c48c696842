/**
 * Calls back when there is reason to think that a socket died unnoticed: the network came back or became another one, the page
 * was looked at again (phones freeze those that are not), or came out of the back-forward cache.
 */
export function onWakeSign(handle: () => void, options: { readonly signal: AbortSignal }): void {
  if (typeof addEventListener !== 'function') return;
  addEventListener('online', handle, options);
  addEventListener('pageshow', handle, options);
  if (typeof document === 'undefined') return;
  document.addEventListener('visibilitychange', () => document.hidden || handle(), options);
  // Network Information API: not in every browser, nor in TypeScript's library.
  const { connection } = navigator as Navigator & { readonly connection?: EventTarget };
  connection?.addEventListener('change', handle, options);
}
