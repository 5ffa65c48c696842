import { trustedScriptUrl } from '../base/trusted-script-url.js';

/** What to do when a file of the folder dist/cdn/processors does not load. */
export const servingAdvice =
  'Serve a copy of the folder dist/cdn/processors of cometchat-call, and set processor-assets-url to its URL.';

/** The absolute URL of the folder that the page serves, with a slash at its end. */
export function servedFolder(assetsUrl: string): string {
  return new URL(assetsUrl.endsWith('/') ? assetsUrl : `${assetsUrl}/`, document.baseURI).href;
}

/** Worker scripts must be same-origin, so a local blob script imports the actual one. */
export function startWorker(url: string): Worker {
  if (new URL(url).origin === location.origin) return new Worker(trustedScriptUrl(url));
  const text = `importScripts(${JSON.stringify(url)})`;
  const localUrl = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const worker = new Worker(trustedScriptUrl(localUrl));
  // Revoked after the first message: Firefox fetches the script after the constructor has returned.
  worker.addEventListener('message', () => URL.revokeObjectURL(localUrl), { once: true });
  return worker;
}
