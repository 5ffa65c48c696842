/** The request id in unvalidated text, so that even an invalid request can be answered. */
export function requestIdIn(text: string): number | undefined {
  try {
    const { id } = JSON.parse(text) as { readonly id?: unknown };
    return typeof id === 'number' && Number.isSafeInteger(id) && id >= 0 ? id : undefined;
  } catch {
    // Not JSON, or `null`.
    return undefined;
  }
}
