/** ms within which a request must be answered completely: a proxy may keep it waiting for ever. */
const timeoutMs = 15_000;

/** An answer in JSON. */
export interface JsonAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly body: object;
}

/** Requests JSON. Rejects without an answer in time, and for one that is not a JSON object. */
export async function fetchJson(
  url: string,
  request: RequestInit,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): Promise<JsonAnswer> {
  const limit = AbortSignal.timeout(timeoutMs);
  const signal = request.signal ? AbortSignal.any([request.signal, limit]) : limit;
  const response = await fetch(url, { ...request, signal });
  const body: unknown = await response.json();
  if (typeof body !== 'object' || body === null) throw new TypeError('The answer is not a JSON object.');
  const { ok, status } = response;
  return { ok, status, body };
}
