/** Where the build puts the files of the processors; the bundles have a path of their own here (rollup.config.mjs). */
const beside = '../../../dist/cdn/processors/';

/** The folder of the files that processors load, ending in a slash. `given`: the page's own copy of it; empty: none. */
export function processorAssets(given: string): string {
  if (!given) return new URL(beside, import.meta.url).href;
  return new URL(given.endsWith('/') ? given : `${given}/`, document.baseURI).href;
}
