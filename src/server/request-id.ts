/** The id of a message that may be anything, so that even a bad request can be answered. */
export function requestIdIn(text: string): number | undefined {
  try {
    const { id } = JSON.parse(text) as { readonly id?: unknown };
    return typeof id === 'number' && Number.isSafeInteger(id) && id >= 0 ? id : undefined;
  } catch {
    // Not JSON, or `null`: it has no id.
    return undefined;
  }
}
