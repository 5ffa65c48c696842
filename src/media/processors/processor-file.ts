import { servingAdvice } from '../served-files.js';
import { fetchAsset } from './fetch-asset.js';

const warned = new Set<string>();

/** Fetches a binary processor file. Rejects if it is missing, with what the page has to do. */
export async function fetchProcessorFile(
  url: string,
  options?: { readonly signal?: AbortSignal },
): Promise<ArrayBuffer> {
  const bytes = await fetchAsset(url, options).catch((cause: unknown) => {
    if (options?.signal?.aborted) throw cause;
    throw missingProcessorFile(url, cause);
  });
  // Many servers send a page, with 200, for what they do not have.
  if (new Uint8Array(bytes)[0] === '<'.charCodeAt(0)) throw missingProcessorFile(url, 'it is an HTML page');
  return bytes;
}

/** The error for a processor file that did not load; also warns the developer of the page, once per file. */
export function missingProcessorFile(url: string, cause: unknown): Error {
  const message = `${url} did not load: ${String(cause).replace(/\.$/, '')}. ${servingAdvice}`;
  if (!warned.has(url)) console.warn(`<cometchat-call>: ${message}`);
  warned.add(url);
  return new Error(message, { cause });
}
