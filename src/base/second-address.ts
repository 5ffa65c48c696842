/**
 * Another base URL of the same files, different on each call. The script-tag build replaces this function and passes
 * the URL to each `() => import(…)`. Application bundlers load chunks in their own way.
 */
export function secondAddress(): string | undefined {
  return undefined;
}
