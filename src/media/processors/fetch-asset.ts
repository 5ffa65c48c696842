/** Fetches a file of a processor. Rejects if it is missing. */
export async function fetchAsset(
  url: string,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<ArrayBuffer> {
  const response = await fetch(url, signal ? { signal } : {});
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return response.arrayBuffer();
}
