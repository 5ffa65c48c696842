/** Where the build puts the files of the processors; the bundles have a path of their own here (rollup.config.mjs). */
const beside = '../../../dist/cdn/processors/';

/** The folder of the files that processors load, ending in a slash. `assetsUrl`: the page's own copy of it; empty: none. */
export function processorAssets(assetsUrl: string): string {
  if (!assetsUrl) return new URL(beside, import.meta.url).href;
  return new URL(assetsUrl.endsWith('/') ? assetsUrl : `${assetsUrl}/`, document.baseURI).href;
}
