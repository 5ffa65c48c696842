/**
 * Calls `handle` when a socket may have died unnoticed: the network returned or changed, the page became visible (phones freeze
 * hidden pages), or it was restored from the back-forward cache.
 */
export function onWakeSign(handle: () => void, options: { readonly signal: AbortSignal }): void {
  if (typeof addEventListener !== 'function') return;
  addEventListener('online', handle, options);
  addEventListener('pageshow', handle, options);
  if (typeof document === 'undefined') return;
  document.addEventListener('visibilitychange', () => document.hidden || handle(), options);
  // Network Information API: missing in some browsers and in TypeScript's DOM library.
  const { connection } = navigator as Navigator & { readonly connection?: EventTarget };
  connection?.addEventListener('change', handle, options);
}
