/** The build's folder of processor files. rollup.config.mjs replaces this path in the bundles. */
const beside = '../../../dist/cdn/processors/';

/** The folder URL of the processor files, with a trailing slash. `assetsUrl`: a copy hosted by the page; empty: none. */
export function processorAssets(assetsUrl: string): string {
  if (!assetsUrl) return new URL(beside, import.meta.url).href;
  return new URL(assetsUrl.endsWith('/') ? assetsUrl : `${assetsUrl}/`, document.baseURI).href;
}
