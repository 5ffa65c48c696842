import { servedFolder } from '../served-files.js';

/** Beside the bundle: bundlers recognize the expression, as in processor-assets.ts. The build replaces the path of the folder. */
const workerBesideModule = (): string =>
  new URL('../../../dist/cdn/processors/encryption/worker.js', import.meta.url).href;

/** URL of the worker's script. `assetsUrl`: the folder of a copy that the page serves; empty: beside the bundle. */
export function encryptionWorkerUrl(assetsUrl: string): string {
  return assetsUrl
    ? `${servedFolder(assetsUrl)}encryption/worker.js`
    : new URL(workerBesideModule(), document.baseURI).href;
}
